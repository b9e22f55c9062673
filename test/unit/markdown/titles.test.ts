import { expect, test } from 'vitest'

import { lineText, titleLine, wordsOfTitle } from '../../../src/markdown/line.ts'

/** What of a title stays together. */
function keptIn(title: string): string[] {
  const line = titleLine(title)
  expect(lineText(line)).toBe(title)
  return typeof line === 'string'
    ? []
    : line.flatMap((inline) => (inline.kind === 'kept' ? [lineText(inline.children)] : []))
}

test('numbers and a last letter keep to the word before them', () => {
  expect(keptIn('Senior Engineer 1')).toEqual(['Engineer 1'])
  expect(keptIn('Back-Engineer IV')).toEqual(['Engineer IV'])
  expect(keptIn('Back-end Track B')).toEqual(['Track B'])
  expect(keptIn('Senior Engineer 2 (People Manager)')).toEqual(['Engineer 2'])
  expect(keptIn('Grade 3 Level 12')).toEqual(['Grade 3', 'Level 12'])
})

test('what begins a title, words, years and letters within it are left', () => {
  for (const title of ['1 Engineer', 'Engineer', 'Plan of 2026', 'Head of a Team', 'Team Lead'])
    expect(keptIn(title)).toEqual([])
})

test('the words of a title are counted with what keeps to them', () => {
  expect(wordsOfTitle('Senior  Engineering Manager 1')).toEqual(['Senior', 'Engineering', 'Manager 1'])
})
