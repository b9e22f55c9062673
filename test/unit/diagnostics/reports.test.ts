import { stripVTControlCharacters } from 'node:util'

import { describe, expect, test } from 'vitest'

import { catalogue, codes } from '../../../src/diagnostics/catalogue.ts'
import { diagnose, exitCode, inReadingOrder } from '../../../src/diagnostics/diagnostic.ts'
import { failLines, humanReport } from '../../../src/diagnostics/human.ts'
import {
  githubReport,
  isPlainDiagnostic,
  jsonReport,
  sarifReport,
  type PlainDiagnostic,
} from '../../../src/diagnostics/machine.ts'
import { didYouMean } from '../../../src/diagnostics/suggest.ts'
import { createSource } from '../../../src/text/source.ts'

const source = createSource('a,b:c.yaml', 'title: 名前\u001b[31m x\nsecond: line\n')
const at = { source, span: { start: 7, end: 9 } }

test('marks line up under wide characters, and escapes of the terminal are harmless', () => {
  const report = humanReport([diagnose('ladder/title-twice', 'Two \u001b[31m', { at })], { color: false })
  expect(report).toContain('1 | title: 名前␛[31m x\n  |        ^^^^\n')
  expect(report).not.toContain('\u001b')
})

test('marks that turn the direction of writing are made visible', () => {
  const turned = createSource('x', 'a: \u202eevil')
  const report = humanReport(
    [diagnose('schema/bad-id', 'x', { at: { source: turned, span: { start: 3, end: 4 } } })],
    { color: false },
  )
  expect(report).toContain('<U+202E>evil')
})

test('of many notes of one kind the first are shown and the others counted, and of warnings each', () => {
  const many = (code: 'print/turned' | 'ladder/title-twice', n: number) =>
    Array.from({ length: n }, (_, index) => diagnose(code, `Says ${index + 1}.`))
  const report = humanReport([...many('print/turned', 30), ...many('ladder/title-twice', 20)], {
    color: false,
  })
  expect(report.match(/^note Says/gm)).toHaveLength(10)
  expect(report).toContain('note and 20 more like these  print/turned\n')
  expect(report.match(/^warning Says/gm)).toHaveLength(20)
  expect(report).toContain('\n20 warnings, 30 notes\n')
  // A count in the place of one note would tell less and take as much room.
  expect(humanReport(many('print/turned', 11), { color: false }).match(/^note Says/gm)).toHaveLength(11)
})

test('of one file the first errors and the first warnings are shown and the others counted', () => {
  const many = (code: 'schema/bad-id' | 'ladder/title-twice', n: number, where = at) =>
    Array.from({ length: n }, (_, index) => diagnose(code, `Says ${index + 1}.`, { at: where }))
  const other = { source: createSource('other.yaml', 'x'), span: { start: 0, end: 1 } }
  const diagnostics = [
    ...many('ladder/title-twice', 2_000),
    ...many('schema/bad-id', 60),
    ...many('schema/bad-id', 51, other),
  ]
  const report = humanReport(diagnostics, { color: false })
  expect(report.match(/^warning Says/gm)).toHaveLength(50)
  expect(report.match(/^error Says/gm)).toHaveLength(50 + 51)
  expect(report).toContain('warning and 1,950 more warnings in a,b:c.yaml; --report json lists all\n')
  expect(report).toContain('error and 10 more errors in a,b:c.yaml; --report json lists all\n')
  expect(report).not.toContain('more errors in other.yaml')
  expect(report).toContain('\n111 errors, 2,000 warnings\n')
  expect((JSON.parse(jsonReport(diagnostics)) as { diagnostics: [] }).diagnostics).toHaveLength(2_111)
  const nowhere = Array.from({ length: 60 }, () => diagnose('schema/bad-id', 'Says so.'))
  expect(humanReport(nowhere, { color: false })).toContain('error and 10 more errors; --report json')
})

test('of a long line what stands around the place is shown, wherever that is', () => {
  const line = `👍${'a'.repeat(500)}X${'b'.repeat(500)}👍`
  const long = createSource('x', `${line}\n`)
  const frame = (index: number, length = 1) => {
    const place = { source: long, span: { start: index, end: index + length } }
    return humanReport([diagnose('schema/bad-id', 'x', { at: place })], { color: false }).split('\n')
  }
  expect(frame(0, 2)).toContain(`1 | 👍${'a'.repeat(98)}…`)
  expect(frame(502)).toContain(`1 | …${'a'.repeat(29)}X${'b'.repeat(68)}…`)
  expect(frame(502)).toContain(`  | ${' '.repeat(30)}^`)
  expect(frame(1003, 2)).toContain(`1 | …${'b'.repeat(98)}👍`)
  expect(frame(502, 503)[1]).toBe(' --> x:1:502')
})

test('colours alter nothing that is said', () => {
  const found = [diagnose('ladder/title-twice', 'Twice', { at, hint: 'h' }), diagnose('schema/bad-id', 'Bad')]
  const report = humanReport(found, { color: true })
  expect(report).toContain('\u001b[')
  expect(stripVTControlCharacters(report)).toBe(humanReport(found, { color: false }))
})

test('what fails though it is no error is told by the option that makes it fail, once', () => {
  const found = [
    diagnose('ladder/title-twice', ''),
    diagnose('print/continues', ''),
    diagnose('print/continues', ''),
    diagnose('schema/bad-id', ''),
  ]
  expect(failLines(found, {})).toBe('')
  expect(failLines(found, { strict: true })).toBe('Failed by --strict: 1 warning\n')
  expect(failLines(found, { strict: true, failOn: ['print/continues', 'ladder/title-twice'] })).toBe(
    'Failed by --fail-on: ladder/title-twice, print/continues (2)\n',
  )
  expect(failLines(found, { strict: true, failOn: ['print/continues'] })).toBe(
    'Failed by --strict: 1 warning\nFailed by --fail-on: print/continues (2)\n',
  )
})

describe('a diagnostic that was read from a file', () => {
  const broken = { word: 'Hauptstadt', letters: 4, document: 'poster' }
  const related = [{ message: 'here', at }]
  const [own] = (
    JSON.parse(
      jsonReport([{ ...diagnose('ladder/title-twice', 'Twice', { at, hint: 'h', related }), broken }]),
    ) as {
      diagnostics: PlainDiagnostic[]
    }
  ).diagnostics
  const place = own?.at

  test('is taken as ours where it is', () => {
    expect(isPlainDiagnostic(own)).toBe(true)
    expect(isPlainDiagnostic({ code: own?.code, severity: own?.severity, message: '' })).toBe(true)
  })

  test.each([
    null,
    'text',
    [],
    {},
    { ...own, code: 1 },
    { ...own, code: 'no/such' },
    { ...own, code: 'constructor' },
    { ...own, severity: 'error' },
    { ...own, message: null },
    { ...own, hint: 1 },
    { ...own, at: null },
    { ...own, at: { ...place, file: 1 } },
    { ...own, at: { ...place, start: { line: 0, column: 1 } } },
    { ...own, at: { ...place, end: { line: 1, column: 1.5 } } },
    { ...own, at: { ...place, end: null } },
    { ...own, related: {} },
    { ...own, related: [null] },
    { ...own, related: [{ message: 1, at: place }] },
    { ...own, related: [{ message: 'm' }] },
    { ...own, broken: null },
    { ...own, broken: { ...broken, word: 1 } },
    { ...own, broken: { ...broken, letters: '4' } },
    { ...own, broken: { ...broken, document: undefined } },
  ])('is refused where it cannot be ours: %j', (value) => {
    expect(isPlainDiagnostic(value)).toBe(false)
  })
})

test('the JSON report is one document with places that count from 1', () => {
  const report = JSON.parse(
    jsonReport([diagnose('ladder/title-twice', 'Twice', { at, hint: 'h' })]),
  ) as unknown
  expect(report).toEqual({
    diagnostics: [
      {
        code: 'ladder/title-twice',
        severity: 'warning',
        message: 'Twice',
        at: { file: 'a,b:c.yaml', start: { line: 1, column: 8 }, end: { line: 1, column: 10 } },
        hint: 'h',
      },
    ],
    errors: 0,
    warnings: 1,
    notes: 0,
    failing: [],
  })
})

test('the GitHub report escapes what its commands would take for their own', () => {
  const report = githubReport([diagnose('ladder/title-twice', '100 %\nnext', { at })])
  expect(report).toBe(
    '::warning file=a%2Cb%3Ac.yaml,line=1,endLine=1,col=8,endColumn=10,title=ladder/title-twice::100 %25%0Anext\n',
  )
})

test('the GitHub report shows controls as the report for people does', () => {
  expect(githubReport([diagnose('ladder/title-twice', '\u001b[31m \u009b1m')])).toBe(
    '::warning title=ladder/title-twice::␛[31m <U+009B>1m\n',
  )
})

test('the SARIF report has its rules and regions', () => {
  const log = JSON.parse(sarifReport([diagnose('ladder/title-twice', 'Twice', { at })], '1.2.3')) as {
    version: string
    runs: {
      tool: { driver: { rules: { id: string }[] } }
      results: { ruleId: string; ruleIndex: number; locations: { physicalLocation: object }[] }[]
    }[]
  }
  expect(log.version).toBe('2.1.0')
  expect(log.runs[0]?.tool.driver.rules.map(({ id }) => id)).toEqual(['ladder/title-twice'])
  expect(log.runs[0]?.results[0]).toMatchObject({
    ruleIndex: 0,
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'a%2Cb%3Ac.yaml' },
          region: { startLine: 1, startColumn: 8, endColumn: 10 },
        },
      },
    ],
  })
})

test('SARIF has paths as URIs, absolute ones too', () => {
  const uriOf = (path: string) => {
    const place = { source: createSource(path, 'x'), span: { start: 0, end: 1 } }
    return /"uri": "(.*)"/.exec(sarifReport([diagnose('schema/bad-id', 'x', { at: place })], '1.2.3'))?.[1]
  }
  expect(uriOf('tracks/a b.yaml')).toBe('tracks/a%20b.yaml')
  expect(uriOf('C:/ladders/c:d.yaml')).toBe('file:///C:/ladders/c%3Ad.yaml')
  expect(uriOf('/ladders/é.yaml')).toBe('file:///ladders/%C3%A9.yaml')
})

test('the highest exit code wins; strict counts warnings, never notes', () => {
  const [no, full, usage] = [
    diagnose('print/no-browser', ''),
    diagnose('publish/disk-full', ''),
    diagnose('usage/bad-value', ''),
  ]
  expect(exitCode([])).toBe(0)
  expect(exitCode([diagnose('ladder/title-twice', '')])).toBe(0)
  expect(exitCode([diagnose('ladder/title-twice', '')], { strict: true })).toBe(1)
  expect(exitCode([diagnose('print/continues', '')], { strict: true })).toBe(0)
  expect(exitCode([usage, no, full])).toBe(4)
  expect(exitCode([usage, no])).toBe(3)
})

test('diagnostics are read from the top of each file', () => {
  const second = { source, span: { start: 20, end: 21 } }
  const ordered = inReadingOrder([
    diagnose('schema/bad-id', 'no place'),
    diagnose('schema/bad-id', 'later', { at: second }),
    diagnose('schema/bad-id', 'first', { at }),
  ])
  expect(ordered.map(({ message }) => message)).toEqual(['first', 'later', 'no place'])
})

test('suggests slips of the keyboard, not other words', () => {
  expect(didYouMean('enginer', ['engineer', 'manager'])).toContain('engineer')
  expect(didYouMean('Domain_Knowledge', ['domain-knowledge'])).toContain('domain-knowledge')
  expect(didYouMean('fellow', ['engineer', 'manager'])).toBeUndefined()
  expect(didYouMean('titel', ['id', 'title', 'rung'])).toContain('title')
  expect(didYouMean('rugn', ['id', 'title', 'rung'])).toContain('rung')
  expect(didYouMean('lteit', ['title'])).toBeUndefined()
})

test('every code says what it means, why it matters and what to do', () => {
  for (const code of codes) {
    expect(code).toMatch(/^[a-z]+\/[a-z0-9-]+$/)
    const { title, why, fix } = catalogue[code]
    expect([title, why, fix].every((text) => text.length > 10)).toBe(true)
    expect(
      [why, fix].every((text) => /[.…?]$/.test(text)),
      code,
    ).toBe(true)
  }
})
