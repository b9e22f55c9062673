import type { StepBand } from '../render/documents/next-step-bands.ts'
import type { StepColumn } from '../render/documents/next-step-cells.ts'
import { itemsOf, type NextStepContent } from '../render/documents/next-step-content.ts'
import { boxOf, heightOf, type Boxes } from './boxes.ts'
import type { MeasuredCell, MeasuredRow } from './row-laying.ts'

/** How high the bands of a next-step sheet are, whole and in parts, as its galley shows them. Lengths in px. */

/** The bands of a sheet, and the height of any part of them. */
export function measuredBands(content: NextStepContent, boxes: Boxes): MeasuredRow[] {
  return content.bands.map((band, index) => measuredBand(content, band, index, boxes))
}

function measuredBand(content: NextStepContent, band: StepBand, index: number, boxes: Boxes): MeasuredRow {
  const key = `${content.id}|b${index}`
  // The head of a dimension that goes on stands over its first band.
  const begins = content.bands.findLastIndex(({ goesOn }, at) => at <= index && !goesOn)
  const head = heightOf(boxes, `${content.id}|b${begins}/head`)
  const headOn = heightOf(boxes, `${content.id}|c${begins}/head`)
  const height = heightOf(boxes, key)
  const cells = band.columns.map((column, at) => measuredColumn(column, at, `${key}/c${at}`, boxes))
  const around = height - Math.max(...cells.map((cell) => cell.height(0, cell.statements)))
  return {
    height: height + (band.goesOn ? 0 : head),
    around: around + (band.goesOn ? 0 : head),
    least: 0,
    ...(band.goesOn ? { again: headOn } : { aroundOn: around + headOn }),
    cells,
  }
}

/** A column as its galley shows it: cut between the items of its parts, whose heads are repeated. */
function measuredColumn({ parts }: StepColumn, column: number, key: string, boxes: Boxes): MeasuredCell {
  const items = parts.flatMap((part, index) => {
    const box = boxOf(boxes, `${key}/p${index}`)
    const count = itemsOf(part)
    const first = parts.slice(0, index).reduce((sum, other) => sum + itemsOf(other), 0)
    const head = part.name === null ? 0 : heightOf(boxes, `${key}/p${index}/head`)
    let label = 0
    return Array.from({ length: count }, (_, at) => {
      // A part without a statement, of which only what holds at every level is said, is an item as a whole.
      const own = count === 1 ? (boxes[`${key}/${first + at}`] ?? box) : boxOf(boxes, `${key}/${first + at}`)
      const above = boxes[`${key}/${first + at}/label`]
      if (above) label = own[0] - above[0]
      return {
        // What stands above the first item of a part stays with it, and what stands below the last.
        top: at === 0 ? box[0] : above ? above[0] : own[0],
        bottom: at === count - 1 ? box[1] : own[1],
        again: at === 0 ? 0 : head + (above ? 0 : label),
        begins: at === 0,
      }
    })
  })
  const top = boxOf(boxes, key)[0]
  return {
    column,
    statements: items.length,
    height(from, to) {
      const [start, end] = [items[from], items[to - 1]]
      if (!start || !end) return 0
      return end.bottom - (from === 0 ? top : start.top) + (from === 0 ? 0 : start.again)
    },
    ...(parts.length > 1 && { hasHead: (statement: number) => items[statement]?.begins === true }),
  }
}
