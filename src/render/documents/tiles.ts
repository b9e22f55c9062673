import type { Line } from '../../markdown/line.ts'
import { tileLap, tileMargin, tilesOf, type Tile, type TilePlan } from '../../plan/tiles.ts'
import type { RenderContext } from '../context.ts'
import { mm, type Markup } from '../document.ts'
import type { Engine } from '../engine.ts'

/** Where the seams of a poster run, in mm from its left and its top. */
export interface Seams {
  readonly across: readonly number[]
  readonly down: readonly number[]
}

/** Lengths of marks in mm: they end before the text and do not reach the edge that no printer can reach. */
const markFrom = 2
const markTo = 5
/** How far apart the strokes are that show where glue goes, in mm. */
const hatch = 12

/**
 * The markup of a poster with the sheets behind it that it is put together from: an assembly plan, then for each sheet
 * what stands around its part of the poster. The parts themselves are put there when the print is finished.
 *
 * @param others other papers from which a poster of this size can be made
 */
export function withTiles(
  engine: Engine,
  context: RenderContext,
  poster: Markup,
  plan: TilePlan,
  seams: Seams,
  others: readonly TilePlan[],
): Markup {
  const { tile } = plan
  const view = tilesView(context, plan, seams, others)
  return {
    ...poster,
    css: [
      poster.css,
      `@page tile{size:${mm(tile.width)} ${mm(tile.height)};margin:0}`,
      `.tile,.tile-plan{--tile-width:${mm(tile.width)};--tile-height:${mm(tile.height)};--tile-margin:${mm(tileMargin)}}`,
      engine.style('tiles'),
    ].join('\n'),
    body: `${poster.body}\n${engine.render('tiles', view)}`,
  }
}

/** Everything that the sheets around a poster say. */
export function tilesView(
  { words }: RenderContext,
  plan: TilePlan,
  seams: Seams,
  others: readonly TilePlan[],
): object {
  const { tile, sheet, columns, rows } = plan
  const tiles = tilesOf(plan, seams)
  const measure = (length: number) => Math.round(length)
  const size = (of: TilePlan) => ({ width: measure(of.sheet.width), height: measure(of.sheet.height) })
  const scale = Math.min((tile.width - 60) / sheet.width, (tile.height * 0.42) / sheet.height)
  const steps: Line[] = [
    words.say('tileStepPrint'),
    words.say('tileStepCheck'),
    words.say('tileStepCut'),
    words.say('tileStepGlue', { mm: tileLap }),
    words.say('tileStepHang'),
  ]
  return {
    plan: {
      title: words.say('tilePlan'),
      facts: words.say('tileFacts', { n: columns * rows, paper: tile.paper, ...size(plan) }),
      others: others.map((other) =>
        words.say('tileOther', {
          n: other.columns * other.rows,
          paper: other.tile.paper,
          ...size(other),
        }),
      ),
      steps,
      ruler: words.say('tileRuler'),
      picture: {
        height: mm(sheet.height * scale),
        shape: `${n(sheet.width)} / ${n(sheet.height)}`,
        cells: tiles.map(({ number, left, top, width, height }) => ({
          number,
          left: share(left, sheet.width),
          top: share(top, sheet.height),
          width: share(width, sheet.width),
          height: share(height, sheet.height),
        })),
      },
    },
    tiles: tiles.map((one) => ({
      width: tile.width,
      height: tile.height,
      marks: marksOf(one),
      label: words.say('tileOf', {
        n: one.number,
        all: tiles.length,
        row: one.row + 1,
        column: one.column + 1,
      }),
    })),
  }
}

function share(length: number, of: number): string {
  return `${n((length / of) * 100)}%`
}

/** Cuts at the left and above, glue at the right and below, as an SVG path in mm. */
function marksOf({ width, height, lapRight, lapBelow }: Tile): string {
  const [left, top] = [tileMargin, tileMargin]
  const [right, bottom] = [left + width, top + height]
  const length = markTo - markFrom
  const [farRight, farBelow] = [right + lapRight, bottom + lapBelow]
  const upright = (x: number) =>
    `M${n(x)} ${markFrom}v${length}M${n(x)} ${n(farBelow + tileMargin - markTo)}v${length}`
  const level = (y: number) =>
    `M${markFrom} ${n(y)}h${length}M${n(farRight + tileMargin - markTo)} ${n(y)}h${length}`
  const strokes: string[] = []
  if (lapRight > 0)
    for (let y = top + hatch / 2; y < bottom - 2; y += hatch) strokes.push(`M${n(farRight + 1)} ${n(y)}l2 -2`)
  if (lapBelow > 0)
    for (let x = left + hatch / 2; x < right - 2; x += hatch) strokes.push(`M${n(x)} ${n(farBelow + 3)}l2 -2`)
  return [upright(left), upright(right), level(top), level(bottom), ...strokes].join('')
}

function n(length: number): number {
  return Math.round(length * 100) / 100
}
