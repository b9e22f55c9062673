import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'

import { describe, expect, test } from 'vitest'

import { withPage } from '../support/browser.ts'
import { startCanary } from '../support/canary.ts'
import { smallLadder } from '../support/files.ts'
import { whilePreviewing } from '../support/preview.ts'

const secret = 'correct horse battery staple'

/** A word that stands in a file beside the ladder, and must never come out. */
const files = {
  'ladder.yaml': smallLadder,
  'secret.txt': secret,
  'one-pager/secret.html': secret,
  'templates/secret.css': `/* ${secret} */`,
}

/** Says something on a socket and hears all that is answered until the other side ends, or has no more to say. */
function ask(port: number, text: string, host = '127.0.0.1'): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => socket.write(text))
    let heard = ''
    socket.setTimeout(1500, () => socket.destroy())
    socket.on('data', (chunk) => (heard += chunk.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(heard))
  })
}

interface Served {
  readonly port: number
  readonly base: string
  /** Sends a request as it stands; without other headers than are given. */
  readonly request: (target: string, headers?: Record<string, string>, method?: string) => Promise<string>
}

function serving(work: (served: Served) => Promise<void>): Promise<void> {
  return whilePreviewing(
    async ({ address }) => {
      const { port, pathname } = new URL(address)
      // Sheets are there once this answers.
      while ((await fetch(new URL('sheet/one-pager/engineer.html', address))).status !== 200)
        await new Promise((resolve) => setTimeout(resolve, 50))
      await work({
        port: Number(port),
        base: pathname,
        request(target, headers = { host: `127.0.0.1:${port}` }, method = 'GET') {
          const lines = Object.entries({ ...headers, connection: 'close' }).map(
            ([name, value]) => `${name}: ${value}`,
          )
          return ask(Number(port), `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
        },
      })
    },
    { files },
  )
}

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])

describe('the server of a preview', () => {
  test('answers to its own names alone', async () => {
    await serving(async ({ port, base, request }) => {
      expect(statusOf(await request(base))).toBe(200)
      expect(statusOf(await request(base, { host: `localhost:${port}` }))).toBe(200)
      for (const host of [
        'attacker.example',
        `attacker.example:${port}`,
        '127.0.0.1',
        `127.0.0.1:${port + 1}`,
        `127.0.0.1:${port}.attacker.example`,
        `attacker.example@127.0.0.1:${port}`,
        `127.0.0.1.nip.io:${port}`,
        `[::1]:${port}`,
        `0.0.0.0:${port}`,
        '',
      ]) {
        const answer = await request(base, { host })
        expect(statusOf(answer), host).toBe(403)
        expect(answer).not.toContain('preview.js')
      }
      // Without a Host, and with two.
      expect(statusOf(await ask(port, `GET ${base} HTTP/1.0\r\n\r\n`))).toBe(403)
      const two = `GET ${base} HTTP/1.1\r\nHost: attacker.example\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`
      expect(statusOf(await ask(port, two))).not.toBe(200)
      const whole = await request(`http://attacker.example${base}`)
      expect(statusOf(whole)).not.toBe(200)
    })
  })

  test('answers to no page but its own', async () => {
    await serving(async ({ port, base, request }) => {
      const host = `127.0.0.1:${port}`
      for (const origin of [
        'https://attacker.example',
        'null',
        `http://127.0.0.1:${port + 1}`,
        `https://${host}`,
        '',
      ])
        expect(statusOf(await request(`${base}events`, { host, origin })), origin).toBe(403)
      for (const site of ['cross-site', 'same-site'])
        expect(statusOf(await request(`${base}preview.js`, { host, 'sec-fetch-site': site })), site).toBe(403)
      expect(statusOf(await request(base, { host, origin: `http://${host}` }))).toBe(200)
    })
  })

  test('takes GET and HEAD, and says nothing to other protocols', async () => {
    await serving(async ({ port, base, request }) => {
      const host = `127.0.0.1:${port}`
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
        const answer = await request(base, { host }, method)
        expect(statusOf(answer), method).toBe(405)
        expect(answer).toMatch(/allow: GET, HEAD/i)
      }
      const head = await request(base, { host }, 'HEAD')
      expect(statusOf(head)).toBe(200)
      expect(head.split('\r\n\r\n')[1]).toBe('')
      const socket = {
        host,
        upgrade: 'websocket',
        'sec-websocket-key': 'x'.repeat(24),
        'sec-websocket-version': '13',
      }
      expect(
        await ask(
          port,
          `GET ${base}events HTTP/1.1\r\n${Object.entries(socket)
            .map(([name, value]) => `${name}: ${value}`)
            .join('\r\n')}\r\nConnection: Upgrade\r\n\r\n`,
        ),
      ).not.toMatch(/101|data:/)
      expect(await ask(port, `CONNECT attacker.example:443 HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).toBe('')
      expect(await ask(port, 'not http at all\r\n\r\n')).not.toContain('200')
      expect(
        statusOf(
          await ask(port, `GET ${base} HTTP/1.1\r\nHost: ${host}\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`),
        ),
      ).not.toBe(200)
      // It is still there.
      expect(statusOf(await request(base))).toBe(200)
    })
  })

  test('says nothing without its token', async () => {
    await serving(async ({ base, request }) => {
      const token = base.slice(1, -1)
      expect(token.length).toBeGreaterThanOrEqual(24)
      const others = ['/', '/index.html', '/events', '/preview.js', '/favicon.ico', `/${token}`]
      const wrong = [
        token.slice(0, -1),
        `${token}x`,
        token.toUpperCase(),
        token.toLowerCase(),
        [...token].reverse().join(''),
      ]
      for (const target of [
        ...others,
        ...wrong.map((word) => `/${word}/`),
        ...wrong.map((word) => `/${word}/events`),
      ]) {
        const answer = await request(target)
        expect(statusOf(answer), target).toBe(404)
        expect(answer).not.toContain('Small ladder')
        expect(answer).not.toContain(token)
      }
    })
  })

  test('serves what it has made and nothing of the disk, however it is spelled', async () => {
    await serving(async ({ base, request }) => {
      const names = [
        'secret.txt',
        'ladder.yaml',
        'templates/secret.css',
        'one-pager/secret.html',
        'etc/passwd',
        'package.json',
      ]
      const ways = [
        '',
        '../',
        '../../../../',
        './',
        '%2e%2e/',
        '..%2f',
        '%2e%2e%2f',
        '%252e%252e%252f',
        '..\\',
        '%5c',
        '..;/',
        '//',
        '/',
        '\\',
        'file:///',
        'sheet/../',
        'sheet/',
        'sheet/..%2f..%2f',
        'pdf/../../',
      ]
      for (const way of ways) {
        for (const name of names) {
          const answer = await request(`${base}${way}${name}`)
          expect(statusOf(answer), `${way}${name}`).not.toBe(200)
          expect(answer).not.toContain(secret)
        }
      }
      const odd = [
        '#/../secret.txt',
        'preview.js#',
        'preview.js%00',
        'preview.js?../../secret.txt',
        'PREVIEW.JS',
        'sheet/__proto__.html',
        'sheet/constructor.html',
        '__proto__',
        'sheet/.html',
        'pdf/.pdf',
        'sheet/one-pager/engineer',
        'preview.js/',
        'a/'.repeat(4000),
        'preview.html.map',
      ]
      for (const target of odd) {
        const answer = await request(`${base}${target}`)
        expect(statusOf(answer), target).not.toBe(200)
        expect(answer).not.toContain(secret)
      }
      expect(statusOf(await request(`${base}sheet/one-pager/engineer.html?v=1a2b`))).toBe(200)
    })
  })

  test('lets nobody else read, frame, keep or guess what it says', async () => {
    await serving(async ({ base, port, request }) => {
      for (const target of [
        '',
        'preview.js',
        'preview.css',
        'sheet/one-pager/engineer.html',
        'nothing',
        'pdf/one-pager/engineer.pdf',
      ]) {
        const answer = await request(`${base}${target}`, {
          host: `127.0.0.1:${port}`,
          origin: `http://127.0.0.1:${port}`,
        })
        expect(answer, target).not.toMatch(/access-control-/i)
        expect(answer, target).not.toMatch(/set-cookie|x-powered-by|^server:/im)
        for (const header of [
          'cache-control: no-store',
          'x-content-type-options: nosniff',
          'cross-origin-resource-policy: same-origin',
          'cross-origin-opener-policy: same-origin',
          'referrer-policy: no-referrer',
        ])
          expect(answer.toLowerCase(), target).toContain(header)
        expect(answer, target).toMatch(/content-security-policy: .*frame-ancestors '(none|self)'/i)
      }
      const page = await request(base)
      expect(page).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'/)
      // Neither follows from the default of a policy.
      expect(page).toMatch(/base-uri 'none'; form-action 'none'/)
      expect(page).not.toMatch(/unsafe-/)
      expect(await request(`${base}sheet/one-pager/engineer.html`)).toMatch(/sandbox allow-same-origin\r\n/)
    })
  })

  test('listens on this machine alone', async () => {
    await serving(async ({ port, base }) => {
      const others = Object.values(networkInterfaces())
        .flatMap((addresses) => addresses ?? [])
        .filter(({ address }) => address !== '127.0.0.1')
        .map(({ address, scopeid }) => (scopeid ? '' : address))
        .filter((address) => address !== '')
      for (const address of others)
        expect(
          await ask(port, `GET ${base} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`, address),
          address,
        ).toBe('')
    })
  })

  test('a page of another site in the same browser learns nothing', async () => {
    const canary = await startCanary()
    try {
      await serving(async ({ port, base }) => {
        await withPage(async (page) => {
          await page.goto(`http://${canary.web}/`)
          const learned = await page.evaluate(async (target: string) => {
            const tried: Record<string, string> = {}
            tried['fetch'] = await fetch(target).then(
              async (answer) => `${answer.status} ${await answer.text()}`,
              () => 'refused',
            )
            tried['script'] = await new Promise((resolve) => {
              const script = document.createElement('script')
              script.onload = () => resolve('loaded')
              script.onerror = () => resolve('refused')
              script.src = `${target}preview.js`
              document.head.append(script)
            })
            tried['events'] = await new Promise((resolve) => {
              const events = new EventSource(`${target}events`)
              events.onmessage = ({ data }) => resolve(String(data))
              events.onerror = () => resolve('refused')
            })
            tried['socket'] = await new Promise((resolve) => {
              const socket = new WebSocket(target.replace('http', 'ws'))
              socket.onopen = () => resolve('open')
              socket.onerror = () => resolve('refused')
            })
            tried['frame'] = await new Promise((resolve) => {
              const frame = document.createElement('iframe')
              frame.onload = () => resolve(frame.contentDocument === null ? 'refused' : 'open')
              frame.src = target
              document.body.append(frame)
            })
            return tried
          }, `http://127.0.0.1:${port}${base}`)
          expect(learned).toEqual({
            fetch: 'refused',
            script: 'refused',
            events: 'refused',
            socket: 'refused',
            frame: 'refused',
          })
        })
      })
    } finally {
      await canary.close()
    }
  })

  test('what stands in a ladder runs nowhere in the page', async () => {
    const payload = '<img src=x onerror=window.hit=1><script>window.hit=1</script>'
    const hostile = smallLadder
      .replace('title: Small ladder', `title: ${JSON.stringify(`Small ${payload}`)}`)
      .replace('title: Engineer', `title: ${JSON.stringify(`Engineer ${payload}`)}`)
      .replace('Builds things', JSON.stringify(`Builds ${payload} [things](javascript:window.hit=1)`))
      .replace('name: Engineers', `name: ${JSON.stringify(`Engineers ${payload}`)}`)
      .replace('equivalent: lead', `equivalent: ${JSON.stringify(payload)}`)
    await whilePreviewing(
      async ({ address, cwd }) =>
        withPage(async (page) => {
          await page.goto(`${address}#one-pager/engineer`)
          await page.waitForSelector('#problem:not([hidden])')
          await writeFile(
            `${cwd}/ladder.yaml`,
            hostile.replace(`equivalent: ${JSON.stringify(payload)}`, 'equivalent: lead'),
          )
          await page.waitForSelector('iframe.sheet.there')
          expect(await page.evaluate(`document.querySelector('h1').textContent`)).toContain('onerror')
          expect(await page.evaluate(`[window, frames[0]].map((one) => 'hit' in one)`)).toEqual([
            false,
            false,
          ])
          expect(await page.evaluate(`document.querySelectorAll('img, body script').length`)).toBe(0)
        }),
      { files: { 'ladder.yaml': hostile } },
    )
  })
})
