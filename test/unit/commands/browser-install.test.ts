import { PassThrough } from 'node:stream'

import { expect, test } from 'vitest'

import { browserInstallCommand } from '../../../src/commands/browser-install.ts'
import type { Terminal } from '../../../src/commands/terminal.ts'

/** What is said, and the exit code, when these keys answer the question; undefined is the end of all input. */
async function answered(keys: string | undefined, isTTY: boolean) {
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  const stderr = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY })
  let said = ''
  stderr.on('data', (text: string) => {
    said += text
    if (!text.includes('[y/N]')) return
    if (keys === undefined) stdin.end()
    else stdin.write(keys)
  })
  const terminal = { stdin, stderr, env: {} } as unknown as Terminal
  const code = await browserInstallCommand(terminal, {
    yes: false,
    report: 'human',
    quiet: false,
    color: false,
  })
  return [code, said]
}

test.each([
  ['n', 'n\r', true],
  ['Ctrl-C', '\u0003', true],
  ['Ctrl-D', '\u0004', true],
  ['the end of all input', undefined, true],
  ['the end of all input, while messages go to a file,', undefined, false],
])('%s is no leave to fetch a browser', async (_, keys, isTTY) => {
  expect(await answered(keys, isTTY)).toEqual([2, expect.stringMatching(/Nothing was fetched\.\n$/)])
})
