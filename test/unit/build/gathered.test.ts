import { expect, test } from 'vitest'

import { brokenWord, gathered } from '../../../src/build/gathered.ts'
import { diagnose } from '../../../src/diagnostics/diagnostic.ts'
import { jsonReport } from '../../../src/diagnostics/machine.ts'

function broke(word: string, letters: number, document: string) {
  const broken = { word, letters, document }
  return diagnose('print/word-too-long', brokenWord(broken, [document]), { broken })
}

test('a word that several documents break is told of once, with where it was first and in how many more', () => {
  const first = broke('Dampfschiff', 70, 'matrix/ic')
  const told = gathered([
    first,
    first,
    broke('Dampfschiff', 71, 'matrix/ic'),
    broke('Dampfschiff', 70, 'poster'),
    broke('Dampfschiff', 70, 'one-pager/lead'),
  ])
  expect(told.map(({ message }) => message)).toEqual([
    '“Dampfschiff” (70 letters) is longer than its column in matrix/ic and 2 more, and was broken',
    '“Dampfschiff” (71 letters) is longer than its column in matrix/ic, and was broken',
  ])
  expect(jsonReport(told)).not.toContain('"broken"')
})

test('what is said twice of no place is said once, and at two places twice', () => {
  const nowhere = () => diagnose('print/same-grey', 'They turn into the same grey')
  const source = { path: 'ladder.yaml', text: 'title: A', lineStarts: [0] }
  const at = (start: number) => ({ at: { source, span: { start, end: start + 1 } } })
  const somewhere = (start: number) => diagnose('print/continues', 'It goes on', at(start))
  expect(gathered([nowhere(), nowhere(), somewhere(0), somewhere(1)])).toHaveLength(3)
})
