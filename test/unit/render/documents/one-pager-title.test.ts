import { expect, test } from 'vitest'

import type { FontSet } from '../../../../src/load/font-set.ts'
import { titleOn } from '../../../../src/render/documents/one-pager-title.ts'

// Signs that are in no table count as one em.
const fonts = { faces: [], widths: { regular: {}, bold: {} } } as unknown as FontSet

test.each([
  // 11 signs at 30 pt are 116 mm wide, at 22 pt 85 mm.
  ['プリンシパルエンジニア', 110, 28],
  ['プリンシパルエンジニア', 90, 22],
  ['首席プリンシパルエンジニア', 90, 22],
  // Where it has no room at any size, it is no reason to set the title small.
  ['プリンシパルエンジニア', 70, 30],
  // Other words of Japanese may be parted.
  ['最高技術責任者兼開発部長', 90, 30],
])('%s, on %i mm, is set in %i pt', (title, room, size) => {
  expect(titleOn(fonts, title, null, room).size).toBe(size)
})
