import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { sideHead as besideInBooklet } from '../../../src/render/documents/booklet-layout.ts'
import { contentsWidth } from '../../../src/render/documents/booklet-views.ts'
import { groupScale } from '../../../src/render/documents/matrix-heads.ts'
import { matrixLeading } from '../../../src/render/documents/matrix-layout.ts'
import { nextStepLeading } from '../../../src/render/documents/next-step-layout.ts'
import {
  columnGap,
  notesWidth,
  onePagerLeading,
  onePagerMargins,
  sideHead,
} from '../../../src/render/documents/one-pager-layout.ts'
import { leastBeside, smallMap } from '../../../src/render/documents/one-pager-title.ts'
import { posterGaps } from '../../../src/render/documents/poster-widths.ts'
import { footSizes } from '../../../src/render/feet.ts'
import { root } from '../../support/cli.ts'

/** What the rules of a style sheet for one selector say. */
function declarationsOf(style: string, selector: string): string[] {
  const css = readFileSync(join(root, 'templates/styles', `${style}.css`), 'utf8')
  return css.split('}').flatMap((rule) => {
    const [head = '', body = ''] = rule.split('{', 2)
    if (head.split('*/').at(-1)?.trim() !== selector) return []
    return body.split(';').map((declaration) => declaration.trim())
  })
}

const { binding, outer } = onePagerMargins

// What has room is worked out before there is a browser, from lengths that the styles have as well.
test.each([
  ['one-pager', '.notes', 'width', `${notesWidth}mm`],
  ['one-pager', '.columns', 'gap', `${columnGap}mm`],
  ['one-pager', '.dimension', 'grid-template-columns', `${sideHead}mm minmax(0, 1fr)`],
  ['one-pager', '.locator', 'max-width', `${smallMap.most}mm`],
  ['one-pager', '.locator .map-name', 'max-width', `${smallMap.name}mm`],
  [
    'one-pager',
    '.locator .map.single .map-name',
    'max-width',
    `clamp(${smallMap.name}mm, var(--sheet-width) - ${binding + outer}mm - 8mm - ${smallMap.mark}mm - ${leastBeside}mm, ${smallMap.singleName}mm)`,
  ],
  [
    'one-pager',
    '.locator .map:has(.map-head)',
    '--map-name',
    `minmax(${smallMap.headedName}mm, max-content)`,
  ],
  [
    'one-pager',
    '.locator .map',
    '--map-line',
    `clamp(1.6mm, (${smallMap.most}mm - ${smallMap.name}mm - ${smallMap.mark}mm * var(--map-rails)) / max(1, var(--map-rails) - 1), ${smallMap.line}mm)`,
  ],
  ['base', 'html', '--leading', `${onePagerLeading}`],
  ['matrix', 'html', '--leading', `${matrixLeading}`],
  ['next-step', 'html', '--leading', `${nextStepLeading}`],
  ['booklet', '.dimension', 'grid-template-columns', `${besideInBooklet}mm minmax(0, 1fr)`],
  ['booklet', '.contents-columns', 'column-gap', `${contentsWidth.gap}mm`],
  ['booklet', '.contents-page', 'width', `calc(var(--number, ${contentsWidth.page}mm) - 0.28em)`],
  ['booklet', '.is-long', '--number', `${contentsWidth.longPage}mm`],
  ['matrix', '.group', 'font-size', `${groupScale}em`],
  ['matrix', '.foot-line', 'font-size', `${footSizes.table}pt`],
  ['poster', 'html', '--rail-gap', `calc(${posterGaps.rails}mm * var(--scale))`],
  ['poster', '.blocks', 'gap', `calc(${posterGaps.blocks}mm * var(--scale))`],
  ['poster', '.cells', '--gap', `calc(${posterGaps.cells}mm * var(--scale))`],
  ['poster', '.foot-line', 'font-size', `max(${footSizes.small}pt, calc(14pt * var(--scale)))`],
])('%s.css has, for %s, the %s that the program reckons with: %s', (style, selector, property, value) => {
  expect(declarationsOf(style, selector)).toContain(`${property}: ${value}`)
})
