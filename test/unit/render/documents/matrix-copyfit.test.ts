import { expect, test } from 'vitest'

import type { MatrixContent } from '../../../../src/render/documents/matrix-content.ts'
import { longestWord } from '../../../../src/render/documents/matrix-copyfit.ts'

/** A matrix of one column that says this in two dimensions. */
function saying(...texts: readonly string[]): MatrixContent {
  const rows = texts.map((text) => ({
    cells: [
      { statements: [{ prose: [{ kind: 'paragraph', inlines: [{ kind: 'text', text }] }], examples: [] }] },
    ],
  }))
  return { rows } as unknown as MatrixContent
}

test.each([
  // 1.8 mm a letter, and 4 mm for the dash.
  [['Builds', 'Verantwortung für andere'], 28],
  // Lines may end at hyphens, and within Japanese.
  [['state-of-the-art', 'of'], 13],
  [['チームを支援する', 'API'], 9],
])('the longest word of %j takes about %i mm', (texts, width) => {
  expect(Math.round(longestWord(saying(...texts), 0))).toBe(width)
})
