import { diagnose, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { previousWithCell, saysOn } from '../inheritance.ts'
import { cellRef, type Ladder, type Track } from '../ladder.ts'

/** “As at the level below” needs a level below that says something. */
export function checkSameAsPrevious(ladder: Ladder): Diagnostic[] {
  return ladder.tracks.flatMap((track) =>
    track.levels.flatMap((level, index) =>
      level.cells
        .filter(({ empty }) => empty === 'same-as-previous')
        .filter(({ dimension }) => previousWithCell(track, level, dimension) === undefined)
        .map(({ dimension }) =>
          diagnose(
            'ladder/nothing-previous',
            `No level below "${level.id}" says anything on "${dimension}"`,
            {
              at: ladder.places.get(cellRef(level.id, dimension)) ?? ladder.places.get(level.id),
              hint: isSaidBelow(track, index, dimension)
                ? 'A draft does, but what is said there is not in force: write the cell out, or make the draft active'
                : ladder.places.has(cellRef(level.id, dimension))
                  ? 'same-as-previous refers to the level below in the same track: write the cell out, or say that it is empty for another reason'
                  : `The ladder says missing: same-as-previous: write ${dimension} out here, or the reason why it is empty, such as ${dimension}: { empty: not-defined }`,
            },
          ),
        ),
    ),
  )
}

/** Whether some level below has statements in a dimension, if only a draft. */
function isSaidBelow({ levels }: Track, index: number, dimension: string): boolean {
  return levels.slice(0, index).some((level) => saysOn(level, dimension))
}
