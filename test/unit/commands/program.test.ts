import { expect, test } from 'vitest'

import { run } from '../../../src/commands/program.ts'
import { terminalOf } from '../../support/terminal.ts'

/** Runs a command line. */
async function ran(...argv: string[]) {
  const { terminal, said } = terminalOf()
  const code = await run(argv, terminal)
  return { code, ...said }
}

test('a command line without a command shows the help, on stdout where that is what was asked for', async () => {
  for (const argv of [[], ['--help'], ['help']]) {
    const { code, stdout, stderr } = await ran(...argv)
    expect([argv, code, stderr]).toEqual([argv, 0, ''])
    expect(stdout).toContain('ladderpress preview ladder.yaml --open')
  }
})

test('a group of commands without one of them shows its help, and that is a mistake', async () => {
  const { code, stdout, stderr } = await ran('browser')
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain('ladderpress browser install')
  expect(stderr).not.toContain('usage/')
})

test.each([
  [['biuld'], 'usage/unknown-command'],
  [['build', '--nope'], 'usage/unknown-option'],
  [['build', '--out', ' '], '--out is empty'],
  [['check', ''], '<ladder> is empty'],
  [['check', '--report', 'nothing'], 'usage/bad-value'],
] as const)('%j is told to be a mistake', async (argv, what) => {
  const { code, stdout, stderr } = await ran(...argv)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(what)
})

test('a mistake is told in the form that was asked for', async () => {
  const { code, stdout, stderr } = await ran('build', '--nope', '--report=json')
  expect([code, stderr]).toEqual([2, ''])
  expect(JSON.parse(stdout)).toMatchObject({ diagnostics: [{ code: 'usage/unknown-option' }] })
})
