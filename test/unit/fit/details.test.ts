import { expect, test } from 'vitest'

import { allDetails, detailRemedies, detailsInTurn } from '../../../src/fit/details.ts'

const inTurn = (has: Parameters<typeof detailsInTurn>[0]) =>
  detailsInTurn(has).map((details) => detailRemedies(details).join(' '))

test('examples go first and stay out; then summaries, or what the level below says too, or both', () => {
  expect(inTurn({ examples: true, summaries: true, repeated: true })).toEqual([
    '',
    'examples-left-out',
    'examples-left-out summaries-left-out',
    'examples-left-out new-only',
    'examples-left-out summaries-left-out new-only',
  ])
})

test('what is not there is not left out', () => {
  expect(inTurn({ examples: false, summaries: false, repeated: false })).toEqual([''])
  expect(inTurn({ examples: false, summaries: true, repeated: false })).toEqual(['', 'summaries-left-out'])
  expect(inTurn({ examples: false, summaries: false, repeated: true })).toEqual(['', 'new-only'])
})

test('that statements are divided is told as well', () => {
  expect(detailRemedies({ ...allDetails, divided: 300 })).toEqual(['statements-divided'])
})
