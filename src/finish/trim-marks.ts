import { markLength, markOffset, slugOf, type Trim } from '../plan/trim.ts'
import { inflated } from './packing.ts'
import { isRef } from './syntax.ts'
import { dictOf, points, setStream, type EditedPdf } from './write.ts'

/** Thick enough to see, thin enough to cut along, in pt. */
const stroke = 0.25

/**
 * Draws marks that show where a sheet is to be cut: two at each corner, as an artifact (ISO 32000-1, § 14.11.2 and
 * § 14.8.2.2).
 *
 * @param page the number of its object
 * @param size of the finished sheet, in mm
 */
export function markTrim(
  pdf: EditedPdf,
  page: number,
  trim: Trim,
  size: { readonly width: number; readonly height: number },
): void {
  const content = dictOf(pdf, page).dict.get('Contents')
  if (!isRef(content)) return
  const drawn = inflated(pdf.objects.get(content.ref)?.stream ?? Buffer.alloc(0)).toString('latin1')
  const marks = `/Artifact BMC\nq\n0 G\n${stroke} w\n${linesOfMarks(trim, size.width, size.height)}\nQ\nEMC\n`
  setStream(pdf, content.ref, Buffer.from(`q\n${drawn}Q\n${marks}`, 'latin1'))
}

function linesOfMarks(trim: Trim, width: number, height: number): string {
  const slug = slugOf(trim)
  const near = markOffset(trim)
  const far = near + markLength
  const [left, bottom] = [slug, slug]
  const [right, top] = [slug + width, slug + height]
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    `${points(x1)} ${points(y1)} m\n${points(x2)} ${points(y2)} l\nS`
  return [
    ...[left, right].flatMap((x) => [
      line(x, bottom - near, x, bottom - far),
      line(x, top + near, x, top + far),
    ]),
    ...[bottom, top].flatMap((y) => [
      line(left - near, y, left - far, y),
      line(right + near, y, right + far, y),
    ]),
  ].join('\n')
}
