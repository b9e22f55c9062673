import { diagnose, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { cellRef, type Ladder, type Level, type Track } from '../ladder.ts'

/** “As at the level below” needs a level below that says something. */
export function checkSameAsPrevious(ladder: Ladder): Diagnostic[] {
  return ladder.tracks.flatMap((track) =>
    track.levels.flatMap((level, index) =>
      level.cells
        .filter(({ empty }) => empty === 'same-as-previous')
        .filter(({ dimension }) => previousWithCell(ladder, track.id, index, dimension) === undefined)
        .map(({ dimension }) =>
          diagnose(
            'ladder/nothing-previous',
            `No level below "${level.id}" says anything on "${dimension}"`,
            {
              at: ladder.places.get(cellRef(level.id, dimension)) ?? ladder.places.get(level.id),
              hint: isSaidBelow(track, index, dimension)
                ? 'A draft does, but what is said there is not in force: write the cell out, or make the draft active'
                : 'same-as-previous refers to the level below in the same track',
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

function saysOn({ cells }: Level, dimension: string): boolean {
  return cells.some((cell) => cell.dimension === dimension && cell.statements.length > 0)
}

/**
 * The nearest level below that has statements in a dimension. What is printed for good takes nothing from a draft; only a
 * draft does.
 */
export function previousWithCell(
  ladder: Ladder,
  trackId: string,
  index: number,
  dimension: string,
): Level | undefined {
  const track = ladder.tracks.find(({ id }) => id === trackId)
  const takesDrafts = track?.levels[index]?.status === 'draft'
  return track?.levels
    .slice(0, index)
    .filter((level) => takesDrafts || level.status !== 'draft')
    .findLast((level) => saysOn(level, dimension))
}
