import { get, request, type IncomingMessage } from 'node:http'
import { connect, createServer } from 'node:net'

import { expect, test } from 'vitest'

import { serve } from '../../../src/serve/server.ts'

test('who sleeps while much is told hears the last of it, and not all that was before', async () => {
  let last = 'first'
  const serving = await serve({ port: 0, token: 'word', answer: async () => undefined, news: () => last })
  try {
    const heard = await new Promise<string[]>((resolve, reject) => {
      const asking = request(`http://127.0.0.1:${serving.port}/word/events`, (response) => {
        response.pause()
        // More than all buffers on the way hold.
        for (let number = 1; number <= 200; number += 1) {
          last = `${number} ${'x'.repeat(200_000)}`
          serving.tell(last)
        }
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
          const events = text.split('\n\n')
          if (events.some((event) => event.startsWith('data: 200 ')) && text.endsWith('\n\n'))
            resolve(events.map((event) => event.replace(/^data: (\S+)[^]*$/, '$1')))
        })
        response.on('error', reject)
        setTimeout(() => response.resume(), 100)
      })
      asking.on('error', reject)
      asking.end()
    })
    expect(heard.length).toBeLessThan(100)
  } finally {
    await serving.close()
  }
})

test('on port 80, which browsers leave out of what they ask for, pages get their answer', async (context) => {
  const serving = await serve({
    port: 80,
    token: 'word',
    answer: async () => ({ type: 'text/plain', body: 'words' }),
    news: () => '',
  })
  try {
    if (serving.port !== 80) return context.skip('Port 80 is not free here, or not for this user')
    const response = await fetch('http://127.0.0.1:80/word/', { headers: { origin: 'http://127.0.0.1' } })
    expect(await response.text()).toBe('words')
  } finally {
    await serving.close()
  }
})

/** Begins to listen to a server. */
function listenTo(port: number, method = 'GET'): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(`http://127.0.0.1:${port}/word/events`, { agent: false, method }, resolve).on('error', reject)
  })
}

const nothing = { token: 'word', answer: async () => undefined, news: () => 'news' }

test('more pages than anybody opens are not told anything, and others are again once those are closed', async () => {
  const serving = await serve({ port: 0, ...nothing })
  try {
    const open = await Promise.all(Array.from({ length: 64 }, () => listenTo(serving.port)))
    expect(new Set(open.map(({ statusCode }) => statusCode))).toEqual(new Set([200]))
    expect((await listenTo(serving.port)).statusCode).toBe(503)
    for (const one of open) one.destroy()
    // Until the server has noticed.
    await expect.poll(async () => (await listenTo(serving.port)).statusCode).toBe(200)
  } finally {
    await serving.close()
  }
})

test('who asks what events are like is told so, and does not listen', async () => {
  const serving = await serve({ port: 0, ...nothing })
  try {
    for (let times = 0; times < 70; times += 1) {
      const answer = await listenTo(serving.port, 'HEAD')
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([
        200,
        'text/event-stream; charset=utf-8',
      ])
      expect((await answer.toArray()).length).toBe(0)
    }
  } finally {
    await serving.close()
  }
})

test('more connections than all pages have are refused', async () => {
  const serving = await serve({ port: 0, ...nothing })
  const sockets = Array.from({ length: 300 }, () => connect(serving.port, '127.0.0.1'))
  try {
    let refused = 0
    for (const socket of sockets) socket.on('close', () => (refused += 1)).on('error', () => undefined)
    await expect.poll(() => refused).toBe(300 - 256)
  } finally {
    for (const socket of sockets) socket.destroy()
    await serving.close()
  }
})

test('a port that is taken is passed over, and the last there is has no next', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) =>
    taken.listen(65_535, '127.0.0.1', resolve).once('error', () => resolve()),
  )
  try {
    // Whoever has taken it: the system chooses another.
    const serving = await serve({ port: 65_535, ...nothing })
    expect(serving.port).toBeLessThan(65_535)
    await serving.close()
  } finally {
    taken.close()
  }
})
