import { expect, test } from 'vitest'

import { addCharacters, charactersOf } from '../../../../src/render/characters.ts'
import { posterContent, wordsOfLesserDepths } from '../../../../src/render/documents/poster-content.ts'
import { posterDepths } from '../../../../src/render/documents/poster-parts.ts'
import { noCharacters } from '../../../../src/render/fonts.ts'
import { contextOf } from '../../../support/context.ts'

test('whatever a poster leaves out, it has fonts for what it says instead', async () => {
  const context = await contextOf(
    {
      a: [
        '    intro: "א"\n    dimensions: [{ group: "🏆 Results", dimensions: [{ id: d, name: "Ж", summary: "Ц" }] }, { id: e, name: E }]\n',
        'id: a1, title: "Ш", summary: "Щ", aliases: ["Б"], expectations: { d: { summary: "Ю", statements: ["Я"] }, e: { empty: open } }',
        'id: a2, title: L2, intro: "Э", expectations: { d: [{ text: "Ф. Д.", examples: ["Г"] }], e: "Ы" }',
      ],
    },
    '{}',
    'style: restated\nintro: "П"\n',
  )
  const job = { id: 'poster' }
  const known = noCharacters()
  for (const view of [posterContent(context, job, 'everything'), wordsOfLesserDepths(context)])
    addCharacters(known, charactersOf(view))
  for (const depth of posterDepths) {
    const said = charactersOf(posterContent(context, job, depth))
    for (const way of ['regular', 'bold', 'italic', 'boldItalic'] as const)
      expect(
        [...said[way]].filter((code) => !known[way].has(code)).map((code) => String.fromCodePoint(code)),
        `${way} at ${depth}`,
      ).toEqual([])
  }
})
