import { crc32 } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Chunks without which there is no picture; all others only describe it. */
const needed = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])

/**
 * The size that a PNG says it has, in pixels.
 *
 * @see https://www.w3.org/TR/png-3/#11IHDR
 */
export function sizeOfPng(bytes: Buffer): { width: number; height: number } | undefined {
  const isPng = bytes.length >= 33 && bytes.subarray(0, 8).equals(signature)
  return isPng && bytes.toString('latin1', 12, 16) === 'IHDR'
    ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    : undefined
}

/**
 * A PNG that knows its size on paper and nothing of where it was made: programs that lay it on a page take it at its
 * dpi.
 *
 * @see https://www.w3.org/TR/png-3/#11pHYs
 */
export function finishPng(bytes: Buffer, dpi: number): Buffer {
  const density = Buffer.alloc(9)
  const perMetre = Math.round(dpi / 0.0254)
  density.writeUInt32BE(perMetre, 0)
  density.writeUInt32BE(perMetre, 4)
  density.writeUInt8(1, 8)
  const kept: Buffer[] = [signature]
  for (let at = signature.length; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (needed.has(type)) kept.push(bytes.subarray(at, at + 12 + length))
    if (type === 'IHDR') kept.push(chunk('pHYs', density))
    at += 12 + length
  }
  return Buffer.concat(kept)
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
