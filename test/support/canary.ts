import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** Listeners on this machine's own address that ought to hear nothing. */
export interface Canary {
  /** Host and port of the one that answers HTTP; it notes the path of each request. */
  readonly web: string
  /** Host and port of a new listener that notes its name, whatever is said to it. */
  listen(kind: 'tcp' | 'udp', name: string): Promise<string>
  /** What was heard so far, each name once. */
  heard(): string[]
  forget(): void
  close(): Promise<void>
}

const host = '127.0.0.1'

/** Starts the listener for HTTP; others are added as they are needed. All have free ports. */
export async function startCanary(): Promise<Canary> {
  const heard = new Set<string>()
  const ends: (() => Promise<unknown>)[] = []
  const tcp = async (server: ReturnType<typeof createServer>) => {
    const sockets = new Set<Socket>()
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
    })
    server.listen(0, host)
    await once(server, 'listening')
    ends.push(() => {
      for (const socket of sockets) socket.destroy()
      return once(server.close(), 'close')
    })
    return `${host}:${(server.address() as AddressInfo).port}`
  }
  const http = createHttpServer((request, response) => {
    const name = (request.url ?? '').replace(/^\/|\?$/g, '')
    heard.add(name)
    response.writeHead(200, { 'content-type': typeOf(name), 'access-control-allow-origin': '*' })
    response.end()
  })
  http.on('upgrade', (request, socket) => {
    heard.add((request.url ?? '').slice(1))
    socket.destroy()
  })
  return {
    web: await tcp(http),
    async listen(kind, name) {
      if (kind === 'tcp') {
        return tcp(
          createServer((socket) => {
            heard.add(name)
            socket.end()
          }),
        )
      }
      const socket = createSocket('udp4')
      socket.on('message', () => heard.add(name))
      socket.bind(0, host)
      await once(socket, 'listening')
      ends.push(() => once(socket.close(), 'close'))
      return `${host}:${socket.address().port}`
    },
    heard: () => [...heard].sort(),
    forget: () => heard.clear(),
    async close() {
      await Promise.all(ends.map((end) => end()))
    },
  }
}

/** A style sheet or script of another type would be dropped before it is looked at. */
function typeOf(name: string): string {
  if (/script|module|import|work/.test(name)) return 'text/javascript'
  return /style/.test(name) ? 'text/css' : 'text/html'
}
