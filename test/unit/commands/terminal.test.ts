import { describe, expect, test } from 'vitest'

import { interruptible, printReport, speaks, wantsColor } from '../../../src/commands/terminal.ts'
import { askedForm } from '../../../src/commands/usage.ts'
import { diagnose } from '../../../src/diagnostics/diagnostic.ts'
import { terminalOf } from '../../support/terminal.ts'

describe('colours', () => {
  test.each<[string, NodeJS.ProcessEnv, boolean, boolean]>([
    ['where people are looking', {}, true, true],
    ['not where a file takes what is said', {}, false, false],
    ['not on a terminal that can only write', { TERM: 'dumb' }, true, false],
    ['not where NO_COLOR is set to anything', { NO_COLOR: '0' }, true, false],
    ['where NO_COLOR is empty', { NO_COLOR: '' }, true, true],
    ['where FORCE_COLOR wants them', { FORCE_COLOR: '1' }, false, true],
    ['not where FORCE_COLOR is 0', { FORCE_COLOR: '0' }, true, false],
    ['not where both are set', { FORCE_COLOR: '1', NO_COLOR: '1' }, true, false],
  ])('are used %s', (_, env, isTTY, isWanted) => {
    const { terminal } = terminalOf({ env, isTTY })
    expect(wantsColor(terminal, true)).toBe(isWanted)
    // --no-color
    expect(wantsColor(terminal, false)).toBe(false)
  })
})

describe('a signal', () => {
  test('ends the work in its order; a second one does not wait for that', () => {
    const { terminal, exits, press } = terminalOf()
    const { signal, ended } = interruptible(terminal)
    expect([signal.aborted, ended()]).toEqual([false, undefined])
    press(130)
    expect([signal.aborted, ended(), exits]).toEqual([true, 130, []])
    press(143)
    expect(exits).toEqual([143])
  })
})

describe('a report', () => {
  const warning = diagnose('markdown/html', 'It has a tag')
  const error = diagnose('ladder/unknown-level', 'No level is called so')
  const options = { quiet: true, color: false }

  test('is quiet for people where nothing fails, and tells machines all', () => {
    const { terminal, said } = terminalOf()
    printReport(terminal, [warning], { ...options, report: 'human' })
    expect(said).toEqual({ stdout: '', stderr: '' })
    printReport(terminal, [warning, error], { ...options, report: 'human' })
    expect(said.stderr).toContain('ladder/unknown-level')
    expect(said.stderr).not.toContain('markdown/html')
    printReport(terminal, [warning, error], { ...options, report: 'json' })
    expect(said.stdout).toContain('markdown/html')
  })

  test('is the only thing on stdout where a machine reads it', () => {
    expect(speaks({ ...options, quiet: false, report: 'human' })).toBe(true)
    expect(speaks({ ...options, report: 'human' })).toBe(false)
    expect(speaks({ ...options, quiet: false, report: 'json' })).toBe(false)
  })
})

test.each([
  [['build', '--report', 'json', '--nope'], 'json'],
  [['build', '--nope', '--report=sarif'], 'sarif'],
  [['build', '--report', 'nothing'], 'human'],
  [['build', '--report'], 'human'],
  [['build'], 'human'],
] as const)('what is wrong with %j is said as %s', (argv, form) => {
  expect(askedForm(argv)).toBe(form)
})
