import { expect, test } from 'vitest'

import { checkTexts } from '../../../src/finish/check-texts.ts'
import type { Expected } from '../../../src/finish/expected.ts'

const clear = { contrast: Number.POSITIVE_INFINITY, hidden: null }

function faultsOf(printed: readonly string[], wanted: readonly string[]) {
  const expected: Expected = {
    sheets: [],
    families: [],
    texts: wanted.map((text) => ({ ref: text, text })),
    direction: 'ltr',
    blanks: [],
  }
  return checkTexts([printed.map((text) => ({ text, sight: clear }))], expected)
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
