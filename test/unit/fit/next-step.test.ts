import { expect, test } from 'vitest'

import type { Box, Boxes } from '../../../src/fit/boxes.ts'
import { fitNextSteps } from '../../../src/fit/next-step.ts'
import { layDown, parsePaper, type PaperChoice } from '../../../src/plan/paper.ts'
import { levelOf } from '../../../src/render/context.ts'
import { bandsOf } from '../../../src/render/documents/next-step-bands.ts'
import type { NextStepContent } from '../../../src/render/documents/next-step-content.ts'
import { contextOf } from '../../support/context.ts'

const a4 = layDown(parsePaper('A4') as PaperChoice, 'portrait')

/** Two levels whose tracks have dimensions of their own, which all say the same. */
async function contentOf(said = 'Builds'): Promise<NextStepContent> {
  const track = (id: string, dimensions: readonly string[]) => [
    `    dimensions: [${dimensions.map((one) => `{ id: ${one}, name: ${one} }`).join(', ')}]\n`,
    `id: ${id}1, title: L, expectations: { ${dimensions.map((one) => `${one}: ${said}`).join(', ')} }`,
  ]
  const context = await contextOf({ a: track('a', ['c1', 'c2', 'c3']), b: track('b', ['k1']) })
  const [from, to] = [levelOf(context, 'a1'), levelOf(context, 'b1')]
  const heads = [from, to].map(({ level }) => ({ id: level.id }))
  return { id: 's', heads, bands: bandsOf(context, from, to), links: [] } as unknown as NextStepContent
}

/** The boxes of a galley, the dimensions of the first level as high as said. */
function boxesOf(heights: readonly number[]): Boxes {
  const all = heights.reduce((sum, height) => sum + height, 0)
  const boxes: Record<string, Box> = { 's|b0': [0, all, 0, 0] }
  for (const page of [0, 1]) {
    boxes[`s|${page}`] = [0, 100, 0, 0]
    boxes[`s|${page}/head`] = [0, 100, 0, 0]
  }
  let top = 0
  for (const [at, height] of heights.entries()) boxes[`s|b0/c0/p${at}`] = [top, (top += height), 0, 0]
  boxes['s|b0/c0'] = [0, all, 0, 0]
  boxes['s|b0/c1'] = [0, 20, 0, 0]
  boxes['s|b0/c1/p0'] = [0, 20, 0, 0]
  return boxes
}

test.each([
  ['c1', [3000, 20, 20]],
  ['c2', [20, 3000, 20]],
  ['c3', [20, 20, 3000]],
])(
  'what is named is the statement that has no room, of whichever dimension: %s',
  async (dimension, heights) => {
    const fitted = await fitNextSteps([await contentOf()], a4, 'en', () => Promise.resolve(boxesOf(heights)))
    expect(fitted.get('s')).toMatchObject({ tooHigh: { ref: expect.stringContaining(`a1/${dimension}/`) } })
  },
)

test('what other widths spare is told, and no more is done than helps', async () => {
  const content = await contentOf()
  const remediesIf = async (byContent: readonly number[]) => {
    const fitted = await fitNextSteps([content], a4, 'en', ({ widths }) =>
      Promise.resolve(boxesOf(widths === 'even' ? [400, 400, 400] : byContent)),
    )
    const own = fitted.get('s')
    return own && 'remedies' in own ? own.remedies : []
  }
  expect(await remediesIf([200, 200, 200])).toEqual(['columns-by-content'])
  expect(await remediesIf([390, 390, 390])).toEqual(['further-sheets'])
})

test('addresses and the notice stand on a further sheet where the last has no room below its text', async () => {
  const content = await contentOf()
  const pagesOf = async (...heights: readonly number[]) => {
    // Of 962 px below its head each foot takes 500, most of them for what stands in the last alone.
    const boxes: Boxes = {
      ...boxesOf(heights),
      's|0/foot': [0, 500, 0, 0],
      's|1/foot': [0, 500, 0, 0],
      's|0/extra': [0, 400, 0, 0],
    }
    const own = (await fitNextSteps([content], a4, 'en', () => Promise.resolve(boxes))).get('s')
    return own && 'layout' in own ? own.layout.sheets?.map((bands) => bands.length) : []
  }
  expect(await pagesOf(800, 100, 200)).toEqual([1, 1])
  expect(await pagesOf(800, 300, 300)).toEqual([1, 1, 0])
  expect(await pagesOf(800, 0, 0)).toEqual([1, 0])
})

test('dimensions that only one track has are rather parted from each other than within', async () => {
  const content = await contentOf('[Plans, Builds, Tests, Runs]')
  // Twelve statements of 100 px, of which nine have room on a sheet.
  const items = Array.from({ length: 12 }, (_, at): [string, Box] => [
    `s|b0/c0/${at}`,
    [at * 100, (at + 1) * 100, 0, 0],
  ])
  const other = Array.from({ length: 4 }, (_, at): [string, Box] => [
    `s|b0/c1/${at}`,
    [at * 5, (at + 1) * 5, 0, 0],
  ])
  const boxes: Boxes = { ...boxesOf([400, 400, 400]), ...Object.fromEntries([...items, ...other]) }
  const own = (await fitNextSteps([content], a4, 'en', () => Promise.resolve(boxes))).get('s')
  const sheets = own && 'layout' in own ? own.layout.sheets : []
  expect(sheets?.map(([band]) => band?.parts?.[0])).toEqual([
    [0, 8],
    [8, 12],
  ])
})
