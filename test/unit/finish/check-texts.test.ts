import { describe, expect, test } from 'vitest'

import { checkTexts } from '../../../src/finish/check-texts.ts'
import type { Expected } from '../../../src/finish/expected.ts'
import type { Sight } from '../../../src/finish/seen.ts'
import type { RefText } from '../../../src/render/ref-texts.ts'

const clear = { contrast: Number.POSITIVE_INFINITY, hidden: null }
const covered = { contrast: 1, hidden: 'no-ink' } as const

function faultsOf(
  printed: readonly string[],
  wanted: readonly (string | RefText)[],
  { sight = clear, direction = 'ltr' }: { sight?: Sight; direction?: 'ltr' | 'rtl' } = {},
) {
  const expected: Expected = {
    sheets: [],
    families: [],
    texts: wanted.map((text) => (typeof text === 'string' ? { ref: text, text } : text)),
    direction,
    blanks: [],
  }
  return checkTexts([printed.map((text) => ({ text, sight }))], expected)
}

const printed = ['builds', 'tools aids', 'builds tools', 'tests all', 'tools tests']

test('texts that others seem to hold between them are found, over however many others', () => {
  // “builds tools” is found across the first two, and “tools tests” across the next two.
  expect(faultsOf(printed, printed)).toEqual([])
})

test('a text that is printed less often than it is asked for is missing, whatever is moved', () => {
  const faults = faultsOf(printed, [...printed, 'tools aids'])
  expect(faults).toMatchObject([{ kind: 'text', text: 'tools aids' }])
})

test.each([
  ['begins', ['aids build', 'tools aids']],
  ['ends', ['tools aids', 'aids build']],
  ['lies', ['a tools aids build', 'tools aids']],
])('a text is not found where another that is there %s', (_, wanted) => {
  const found = wanted[0]?.startsWith('a tools') ? 'a tools aids build' : 'tools aids build'
  expect(faultsOf([found], wanted)).toMatchObject([{ kind: 'text', text: wanted[1] }])
})

test('an accent that is painted by itself belongs to the letter before it', () => {
  expect(faultsOf(['caf', 'e', '\u0301'], ['café'])).toEqual([])
})

test('a text that nobody sees at one place is found at another, as often as it is seen', () => {
  const expected = (count: number): Expected => ({
    sheets: [],
    families: [],
    texts: Array.from({ length: count }, (_, index) => ({ ref: `${index}`, text: 'word' })),
    direction: 'ltr',
    blanks: [],
  })
  const pages = [[covered, clear, covered, clear].map((sight) => ({ text: 'word', sight }))]
  expect(checkTexts(pages, expected(2))).toEqual([])
  expect(checkTexts(pages, expected(3))).toEqual([{ kind: 'text', ref: '2', text: 'word', hidden: 'no-ink' }])
})

describe('a text that is painted in another order than it is read in', () => {
  // Painted from the left: the last letter first.
  const [read, painted] = ['שלום', 'םולש']

  test('is found by its characters', () => {
    expect(faultsOf([painted], [read], { direction: 'rtl' })).toEqual([])
    expect(faultsOf([painted], [read])).toEqual([])
    expect(faultsOf([painted.slice(1)], [read], { direction: 'rtl' })).toMatchObject([{ text: read }])
  })

  test('is missing where nobody sees it', () => {
    expect(faultsOf([painted], [read], { direction: 'rtl', sight: covered })).toMatchObject([{ text: read }])
  })

  test('is missing where another has its characters', () => {
    expect(faultsOf([painted], [read, { ref: 'other', text: read }])).toMatchObject([{ ref: 'other' }])
  })

  test.each([
    ['its document runs from the right', 'By decision.', '.By decision', 'rtl', []],
    ['it says so by characters that nobody sees', '\u2067(1)\u2069 first', ')1( first', 'ltr', []],
    ['a passage of it is in a language that does', '(1) first', ')1( first', 'ltr', ['he']],
    ['its document runs from the left, and it says nothing', '(1) אחת', 'תחא (1)', 'ltr', []],
  ] as const)('is looked for so where %s', (_, text, found, direction, languages) => {
    expect(faultsOf([found], [{ ref: 'one', text, languages }], { direction })).toEqual([])
  })

  test('is not looked for so where nothing turns', () => {
    expect(faultsOf([')1( first'], ['(1) first'])).toMatchObject([{ text: '(1) first' }])
    expect(faultsOf([')1( first'], [{ ref: 'one', text: '(1) first', languages: ['fr'] }])).toHaveLength(1)
  })
})
