import { inflateSync } from 'node:zlib'

import type { Raster } from './raster.ts'

/**
 * A PNG as it says of itself: its size and dpi, its pixels, and whether there is colour in any. Reads what Chromium
 * writes: 8 bits, RGB or RGBA.
 */
export function readPng(bytes: Buffer): Raster & { isGrey: boolean; dpi: number | null } {
  const chunks: { type: string; data: Buffer }[] = []
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at)
    chunks.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      data: bytes.subarray(at + 8, at + 8 + length),
    })
    at += 12 + length
  }
  const head = chunks.find(({ type }) => type === 'IHDR')?.data
  if (!head) throw new Error('no PNG')
  const [width, height, kind] = [head.readUInt32BE(0), head.readUInt32BE(4), head[9]]
  const depth = kind === 6 ? 4 : 3
  if (kind !== 6 && kind !== 2) throw new Error(`PNG of kind ${kind}`)
  const packed = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)),
  )
  let isGrey = true
  const stride = width * depth
  const rows = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y += 1) {
    const filter = packed[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x
      const left = x >= depth ? (rows[at - depth] ?? 0) : 0
      const up = y > 0 ? (rows[at - stride] ?? 0) : 0
      const corner = x >= depth && y > 0 ? (rows[at - stride - depth] ?? 0) : 0
      rows[at] = ((packed[y * (stride + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner)) & 255
    }
  }
  const grey = new Uint8Array(width * height)
  for (let index = 0; index < grey.length; index += 1) {
    const [red = 0, green = 0, blue = 0] = rows.subarray(index * depth, index * depth + 3)
    grey[index] = Math.round((red + green + blue) / 3)
    isGrey &&= red === green && green === blue
  }
  const density = chunks.find(({ type }) => type === 'pHYs')?.data
  return { width, height, grey, isGrey, dpi: density ? density.readUInt32BE(0) * 0.0254 : null }
}

/** https://www.w3.org/TR/png-3/#9Filters */
function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
