import { expect, test } from 'vitest'

import { lineText } from '../../../../src/markdown/line.ts'
import { plainText } from '../../../../src/markdown/prose.ts'
import { posterContent } from '../../../../src/render/documents/poster-content.ts'
import { cellsOf, type PosterDepth } from '../../../../src/render/documents/poster-parts.ts'
import { contextOf } from '../../../support/context.ts'

const dimension = '    dimensions: [{ id: d, name: D }]\n'

/** What the cells of a track say at a depth, level by level from the lowest, with the label over each. */
async function saidAt(depth: PosterDepth, cells: readonly string[], head = ''): Promise<string[]> {
  const levels = cells.map((cell, at) => `id: a${at + 1}, title: L${at + 1}, expectations: { d: ${cell} }`)
  const context = await contextOf({ a: [dimension, ...levels] }, '{}', head)
  return cellsOf(posterContent(context, { id: 'poster' }, depth)).map(({ cell }) =>
    cell.statements
      .map(({ prose }, at) => {
        const label = cell.polarities[at]
        return [...(label ? [`${lineText(label)}:`] : []), plainText(prose)].join(' ')
      })
      .join(' | '),
  )
}

test('a cell in one statement says its first paragraph, and in one sentence the first of that', async () => {
  const cell = '["Builds it. Runs it.\\n\\nAnd more.", Tests it]'
  expect(await saidAt('cells', [cell])).toEqual(['Builds it. Runs it.'])
  expect(await saidAt('sentences', [cell])).toEqual(['Builds it.'])
})

test('of a level that restates the one below it is the first statement that is new', async () => {
  const cells = ['[Builds it]', '[Builds it, Runs it, Owns it]']
  expect(await saidAt('cells', cells, 'style: restated\n')).toEqual(['Builds it', 'Runs it'])
  expect(await saidAt('cells', cells)).toEqual(['Builds it', 'Builds it'])
})
