import { expect, test } from 'vitest'

import { parseMarkdown } from '../../../src/markdown/parse.ts'
import { firstSentence, leadsList, piecesOf } from '../../../src/markdown/pieces.ts'
import { plainText } from '../../../src/markdown/prose.ts'

test('a page may end behind a paragraph, an item of a list, and a sentence of a long paragraph', () => {
  const long = Array.from(
    { length: 20 },
    (_, n) => `Sentence **number ${n}** is of about forty letters.`,
  ).join(' ')
  const { prose } = parseMarkdown(`Short one. With two sentences.\n\n3. three\n4. four\n\n${long}`)
  const pieces = piecesOf(prose, 'en')
  expect(pieces.map(({ part, goesOn }) => `${part}${goesOn ? ' goes on' : ''}`)).toEqual([
    'block',
    'item',
    'item goes on',
    'sentence',
    ...Array(19).fill('sentence goes on'),
  ])
  expect(pieces[2]?.block).toMatchObject({ kind: 'list', start: 4 })
  expect(pieces.slice(0, 4).map((_, at) => leadsList(pieces, at))).toEqual([true, false, false, false])
  // Nothing is lost, and words keep their marks.
  expect(pieces.map(({ block }) => plainText([block])).join(' ')).toBe(plainText(prose))
  expect(pieces[5]?.block).toMatchObject({
    inlines: [{ kind: 'text' }, { kind: 'strong' }, { kind: 'text' }],
  })
})

test.each([
  ['en', 'Knows the tools, e.g. Git and Make. Then more.', 'Knows the tools, e.g. Git and Make.'],
  [
    'en',
    'Learns from Dr. Smith (approx. weekly) and others. Then more.',
    'Learns from Dr. Smith (approx. weekly) and others.',
  ],
  ['de', 'Fragt z. B. Kunden und Partner. Dann mehr.', 'Fragt z. B. Kunden und Partner.'],
  ['ja', '\u7533\u3059\u3002\u6b21\u3002', '\u7533\u3059\u3002'],
  ['en', 'Says one thing', 'Says one thing'],
  ['en', 'Learns from a Dr.', 'Learns from a Dr.'],
])('the first sentence ends where it ends (%s: %s)', (locale, text, sentence) => {
  expect(text.slice(0, firstSentence(text, locale))).toBe(sentence)
})
