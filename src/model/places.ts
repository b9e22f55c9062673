import type { Location } from '../text/source.ts'
import type { Ladder } from './ladder.ts'

/** Where a ref stands; if only its beginning is known, where that stands. */
export function placeOfRef(ladder: Ladder, ref: string | null): Location | undefined {
  for (let part = ref ?? ''; part !== ''; part = part.slice(0, Math.max(0, part.lastIndexOf('/')))) {
    const place = ladder.places.get(part)
    if (place) return place
  }
  return undefined
}

/** Where the summary of a dimension stands, by a cell of that dimension. */
export function placeOfDimension(ladder: Ladder, cell: string): Location | undefined {
  const [level, key = ''] = cell.split('/')
  const dimension = key.replace(/^@/, '')
  const track = ladder.tracks.find(({ levels }) => levels.some(({ id }) => id === level))
  const [own, shared] = [`@${track?.id ?? ''}/${dimension}/summary`, `@/${dimension}/summary`]
  return ladder.places.get(own) ?? ladder.places.get(shared) ?? placeOfRef(ladder, cell)
}
