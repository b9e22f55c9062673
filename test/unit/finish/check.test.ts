import { readFile } from 'node:fs/promises'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { checkPdf, checkSheets } from '../../../src/finish/check.ts'
import type { Expected } from '../../../src/finish/expected.ts'
import { readPdf } from '../../../src/finish/read.ts'
import { ladderpress } from '../../support/cli.ts'
import { smallLadder, write } from '../../support/files.ts'

let folder: string
let bytes: Buffer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  await write(folder, { 'ladder.yaml': smallLadder })
  const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--level', 'senior'], { cwd: folder })
  expect(code, stderr).toBe(0)
  bytes = await readFile(join(folder, 'out', 'one-pager', 'senior.pdf'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const asked: Expected = {
  sheets: [{ width: 210, height: 297 }],
  families: ['Inter'],
  texts: [{ ref: 'senior/craft/1', text: 'Builds larger things' }],
  direction: 'ltr',
  blanks: [],
}

describe('a printed sheet', () => {
  test('that is as asked has no fault', () => {
    expect([...checkSheets(readPdf(bytes), asked), ...checkPdf(bytes, asked)]).toEqual([])
  })

  test.each([
    [
      'another number of pages',
      { sheets: [0, 1].map(() => ({ width: 210, height: 297 })) },
      { kind: 'pages', found: 1 },
    ],
    ['another size', { sheets: [{ width: 215.9, height: 279.4 }] }, { kind: 'size', page: 1 }],
    ['another family of fonts', { families: ['Inter Tight'] }, { kind: 'foreign', font: 'Inter-Regular' }],
    [
      'a word more',
      { texts: [{ ref: 'senior/craft/1', text: 'Builds larger things well' }] },
      { kind: 'text', ref: 'senior/craft/1' },
    ],
  ] as const)('that should have %s has that fault', (_, other, fault) => {
    const wanted = { ...asked, ...other }
    expect([...checkSheets(readPdf(bytes), wanted), ...checkPdf(bytes, wanted)]).toEqual(
      expect.arrayContaining([expect.objectContaining(fault)]),
    )
  })
})

describe('a file that is no whole PDF is refused', () => {
  test.each([
    ['cut short', 'it does not end with %%EOF', () => bytes.subarray(0, bytes.length - 40)],
    ['cut in its middle', 'it does not end with %%EOF', () => bytes.subarray(0, bytes.length / 2)],
    ['without its head', 'it does not begin with %PDF', () => bytes.subarray(10)],
    ['of another kind', 'it does not begin with %PDF', () => Buffer.from('<!doctype html>')],
    [
      'encrypted',
      'it is encrypted',
      () =>
        Buffer.from(bytes.toString('latin1').replace('trailer\n<<', 'trailer\n<</Encrypt 1 0 R '), 'latin1'),
    ],
  ])('%s', (_, reason, file) => {
    expect(() => readPdf(file())).toThrow(reason)
  })
})
