import { createHash, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What is sent for an address. */
export interface Answer {
  readonly type: string
  readonly body: string | Buffer
  /** 202 where it is still to come; 200 where nothing is said. */
  readonly status?: 200 | 202
  /** What a browser may do with it: a Content-Security-Policy. */
  readonly policy?: string
}

/** What is served, and to whom. */
export interface ServeRequest {
  /** The first port to try. */
  readonly port: number
  /** Without it nobody gets an answer: the first part of every address. */
  readonly token: string
  /** What stands at an address below the token; undefined where nothing does. From memory only. */
  readonly answer: (path: string) => Promise<Answer | undefined>
  /** The first event for everybody who begins to listen. */
  readonly news: () => string
}

/** A server that runs. `close` ends its connections too. */
export interface Serving {
  readonly port: number
  /** Sends an event to all who listen. */
  readonly tell: (data: string) => void
  readonly close: () => Promise<void>
}

const host = '127.0.0.1'
/** How many ports are tried, one after the other. */
const ports = 50
/** More pages than anybody opens. */
const mostListeners = 64
const mostSockets = 256

/**
 * Answers on this machine alone, to pages of its own: other sites that are open in a browser, and host names that are
 * made to point here, are refused by `Host`, `Origin` and the token. Reads no file, and answers no other origin.
 */
export async function serve(request: ServeRequest): Promise<Serving> {
  const listeners = new Set<ServerResponse>()
  /** Those of them that do not keep up, such as a page of a computer that sleeps. */
  const late = new Set<ServerResponse>()
  const server = createServer({ maxHeaderSize: 16_384, requestTimeout: 10_000, headersTimeout: 10_000 })
  server.maxConnections = mostSockets
  const port = await listen(server, request.port)
  const known = digest(request.token)
  // As browsers write them: without :80.
  const homes = [host, 'localhost'].map((name) => new URL(`http://${name}:${port}`).host)

  server.on('request', (incoming, response) => {
    respond(incoming, response).catch(() => {
      if (response.headersSent) response.destroy()
      else refuse(response, 500, 'Something went wrong')
    })
  })
  // Nothing here speaks another protocol.
  for (const other of ['upgrade', 'connect']) server.on(other, (_, socket) => socket.destroy())
  server.on('clientError', (_, socket) => socket.destroy())

  const respond = async (incoming: IncomingMessage, response: ServerResponse) => {
    const { method = '', headers, url = '' } = incoming
    if (!homes.includes(headers.host ?? '')) return refuse(response, 403, 'This is not served here')
    const { origin, 'sec-fetch-site': site } = headers
    if (origin !== undefined && !homes.some((home) => origin === `http://${home}`))
      return refuse(response, 403, 'This is not for other pages')
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      return refuse(response, 403, 'This is not for other pages')
    if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return refuse(response, 405, 'Only GET and HEAD')
    }
    // One spelling for each address: no escapes, no steps upwards, nothing to take apart twice.
    const [, token, path] =
      /^\/([\w-]{1,100})\/((?:[a-z0-9]|[-_./](?![./]))*)(?:\?[a-z0-9=]*)?$/i.exec(url) ?? []
    if (token === undefined || path === undefined || !timingSafeEqual(digest(token), known))
      return refuse(response, 404, 'Nothing stands at this address. The whole address is in the terminal')
    if (path === 'events') return listenTo(method, response)
    const answer = await request.answer(path)
    if (!answer) return refuse(response, 404, 'Nothing stands at this address')
    const body = Buffer.from(answer.body)
    response.writeHead(answer.status ?? 200, {
      ...common,
      'content-type': answer.type,
      'content-length': body.length,
      ...(answer.policy !== undefined && { 'content-security-policy': answer.policy }),
    })
    response.end(method === 'HEAD' ? undefined : body)
  }

  const listenTo = (method: string, response: ServerResponse) => {
    if (listeners.size >= mostListeners) return refuse(response, 503, 'Too many pages are open')
    response.writeHead(200, { ...common, 'content-type': 'text/event-stream; charset=utf-8' })
    if (method === 'HEAD') return response.end()
    response.write(`retry: 1000\n${event(request.news())}`)
    listeners.add(response)
    // Each event says all that there is to say, so who has not taken the last one in needs none of those in between.
    response.on('drain', () => {
      if (late.delete(response)) response.write(event(request.news()))
    })
    response.on('close', () => {
      listeners.delete(response)
      late.delete(response)
    })
  }

  return {
    port,
    tell(data) {
      for (const listener of listeners) {
        if (listener.writableNeedDrain) late.add(listener)
        else listener.write(event(data))
      }
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** Nobody else may show it, keep it, or guess what it is. */
const common = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

function refuse(response: ServerResponse, status: number, why: string): void {
  const body = Buffer.from(`${why}.\n`)
  response.writeHead(status, {
    ...common,
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    connection: 'close',
  })
  response.end(response.req.method === 'HEAD' ? undefined : body)
}

/** @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
function event(data: string): string {
  return `${data
    .split('\n')
    .map((line) => `data: ${line}\n`)
    .join('')}\n`
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

async function listen(server: Server, first: number): Promise<number> {
  const next = Array.from({ length: ports }, (_, index) => first + index).filter((port) => port <= 65_535)
  // Where all of them are taken, the system chooses.
  for (const port of [...next, 0]) {
    const isFree = await new Promise<boolean>((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException) => {
        server.off('listening', listening)
        if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false)
        else reject(error)
      }
      const listening = () => {
        server.off('error', failed)
        resolve(true)
      }
      server.once('error', failed)
      server.once('listening', listening)
      server.listen(port, host)
    })
    if (isFree) return (server.address() as AddressInfo).port
  }
  throw new Error('no port is free')
}
