import { request } from 'node:http'

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
