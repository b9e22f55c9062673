import { expect, test } from 'vitest'

import { parseMarkdown } from '../../../src/markdown/parse.ts'
import { piecesOf } from '../../../src/markdown/pieces.ts'
import { plainText } from '../../../src/markdown/prose.ts'

test('a page may end behind a paragraph, an item of a list, and a sentence of a long paragraph', () => {
  const long = Array.from(
    { length: 20 },
    (_, n) => `Sentence **number ${n}** is of about forty letters.`,
  ).join(' ')
  const { prose } = parseMarkdown(`Short one. With two sentences.\n\n3. three\n4. four\n\n${long}`)
  const pieces = piecesOf(prose, 'en')
  expect(pieces.map(({ goesOn }) => goesOn)).toEqual([
    null,
    null,
    'list',
    null,
    ...Array(19).fill('paragraph'),
  ])
  expect(pieces[2]?.block).toMatchObject({ kind: 'list', start: 4 })
  // Nothing is lost, and words keep their marks.
  expect(pieces.map(({ block }) => plainText([block])).join(' ')).toBe(plainText(prose))
  expect(pieces[5]?.block).toMatchObject({
    inlines: [{ kind: 'text' }, { kind: 'strong' }, { kind: 'text' }],
  })
})
