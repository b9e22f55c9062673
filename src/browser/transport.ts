import type { Readable, Writable } from 'node:stream'

/** What puppeteer needs of a connection to a browser. */
export interface PipeTransport {
  send(message: string): void
  close(): void
  /** When the browser last said something, in ms, as `performance.now()` counts. */
  heardAt(): number
  onmessage?: (message: string) => void
  onclose?: () => void
}

/**
 * Speaks to a browser over the two pipes it was started with: messages end in a NUL. Over pipes, unlike a WebSocket, no
 * browser outlives a process that is killed: it ends when its pipe does.
 */
export function pipeTransport(input: Writable, output: Readable): PipeTransport {
  let pending: Buffer[] = []
  let heardAt = performance.now()
  const transport: PipeTransport = {
    send: (message) => void input.write(`${message}\0`),
    close: () => void input.end(),
    heardAt: () => heardAt,
  }
  output.on('data', (chunk: Buffer) => {
    heardAt = performance.now()
    let start = 0
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, start)) {
      pending.push(chunk.subarray(start, end))
      const message = Buffer.concat(pending).toString()
      pending = []
      start = end + 1
      transport.onmessage?.(message)
    }
    if (start < chunk.length) pending.push(chunk.subarray(start))
  })
  output.on('close', () => transport.onclose?.())
  return transport
}
