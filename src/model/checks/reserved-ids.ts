import { diagnose, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { levelsOf, type Ladder } from '../ladder.ts'

/** Names that Windows keeps for devices, whatever their extension (Microsoft, “Naming Files, Paths, and Namespaces”). */
const devices = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i

/** Whether no file can have this name on Windows. */
export function isDeviceName(name: string): boolean {
  return devices.test(name)
}

/** Ids become file names and the word `none` has a meaning of its own. */
export function checkReservedIds(ladder: Ladder): Diagnostic[] {
  const named = [
    ...ladder.tracks.map((track) => ({ id: track.id, place: `@${track.id}` })),
    ...levelsOf(ladder).map(({ level }) => ({ id: level.id, place: level.id })),
  ]
  return named
    .filter(({ id }) => id === 'none' || id === 'index' || isDeviceName(id))
    .map(({ id, place }) =>
      diagnose('ladder/reserved-id', `"${id}" cannot be an id`, {
        at: ladder.places.get(place),
        hint: isDeviceName(id)
          ? 'Windows keeps this name for a device, so no file can have it'
          : 'This word has a meaning of its own',
      }),
    )
}
