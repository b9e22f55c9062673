import { inverse, within, type Matrix } from './geometry.ts'
import type { ColorAt } from './paint.ts'
import { packingOf, type PdfFile } from './read.ts'
import { isDict, isName, isRef, type PdfDict, type PdfValue } from './syntax.ts'

/** A colour that is not known, and covers. */
export const unknownColor: ColorAt = () => null

/** The colours of a shading along an axis (§ 8.7.4.5.3); undefined for others. */
export function shadingOf(file: PdfFile, shading: PdfDict, matrix: Matrix): ColorAt | undefined {
  const coords = file.get(shading, 'Coords')
  const space = file.get(shading, 'ColorSpace')
  const run = functionOf(file, file.get(shading, 'Function'))
  const isAxial = file.get(shading, 'ShadingType') === 2
  if (!isAxial || !Array.isArray(coords) || !run || !isName(space)) return undefined
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = coords.map(Number)
  const length = (x1 - x0) ** 2 + (y1 - y0) ** 2
  const back = inverse(matrix)
  return (x, y) => {
    const [u, v] = within(back, x, y)
    const along = length === 0 ? 0 : ((u - x0) * (x1 - x0) + (v - y0) * (y1 - y0)) / length
    const [r = 0, g = r, b = r] = run(Math.min(1, Math.max(0, along)))
    return [r, g, b, 1]
  }
}

type Run = (at: number) => readonly number[]

/** Functions from one colour to another, and rows of them (§ 7.10.3, § 7.10.4). */
function functionOf(file: PdfFile, value: PdfValue | undefined, depth = 0): Run | undefined {
  if (!isDict(value) || depth > 4) return undefined
  const numbers = (key: string, otherwise: number[]) => {
    const listed = file.get(value, key)
    return Array.isArray(listed) ? listed.map(Number) : otherwise
  }
  const kind = file.get(value, 'FunctionType')
  if (kind === 2) {
    const [from, to] = [numbers('C0', [0]), numbers('C1', [1])]
    const power = Number(file.get(value, 'N'))
    return (at) => from.map((start, index) => start + at ** power * ((to[index] ?? start) - start))
  }
  if (kind !== 3) return undefined
  const listed = file.get(value, 'Functions')
  const runs = (Array.isArray(listed) ? listed : []).map((one) =>
    functionOf(file, file.resolve(one), depth + 1),
  )
  const [bounds, encode] = [numbers('Bounds', []), numbers('Encode', [])]
  return (at) => {
    const past = bounds.findIndex((bound) => at < bound)
    const index = past < 0 ? runs.length - 1 : past
    const [low, high] = [bounds[index - 1] ?? 0, bounds[index] ?? 1]
    const [start, end] = [encode[index * 2] ?? 0, encode[index * 2 + 1] ?? 1]
    const share = high > low ? (at - low) / (high - low) : 0
    return runs[index]?.(start + share * (end - start)) ?? []
  }
}

/** The colours of a picture that fills the unit square, as far as it is packed plainly (§ 8.9.5). */
export function pictureOf(file: PdfFile, number: number, dict: PdfDict, matrix: Matrix): ColorAt {
  const picture = samplesOf(file, number, dict)
  const veil = dict.dict.get('SMask')
  const veilDict = file.resolve(veil)
  const covers = isRef(veil) && isDict(veilDict) ? samplesOf(file, veil.ref, veilDict) : 'all'
  if (!picture || !covers) return unknownColor
  const back = inverse(matrix)
  return (x, y) => {
    const at = within(back, x, y)
    const [r = 0, g = r, b = r] = picture(...at)
    return [r, g, b, covers === 'all' ? 1 : (covers(...at)[0] ?? 1)]
  }
}

type Samples = (u: number, v: number) => readonly number[]

function samplesOf(file: PdfFile, number: number, dict: PdfDict): Samples | undefined {
  const [width = 0, height = 0, bits] = ['Width', 'Height', 'BitsPerComponent'].map((key) =>
    Number(file.get(dict, key)),
  )
  const space = file.get(dict, 'ColorSpace')
  const parts = !isName(space) ? 0 : space.name === 'DeviceRGB' ? 3 : space.name === 'DeviceGray' ? 1 : 0
  if (parts === 0 || bits !== 8 || packingOf(file, dict) === 'other') return undefined
  let bytes: Buffer | undefined
  const nearest = (share: number, count: number) =>
    Math.min(count - 1, Math.max(0, Math.floor(share * count)))
  return (u, v) => {
    bytes ??= file.stream(number)
    const at = (nearest(1 - v, height) * width + nearest(u, width)) * parts
    return [...bytes.subarray(at, at + parts)].map((byte) => byte / 255)
  }
}
