import { diagnose, type Diagnostic } from '../../diagnostics/diagnostic.ts'
import { cellRef, type Ladder } from '../ladder.ts'

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
              hint: 'same-as-previous refers to the level below in the same track',
            },
          ),
        ),
    ),
  )
}

/** The nearest level below that has statements in a dimension. */
export function previousWithCell(ladder: Ladder, trackId: string, index: number, dimension: string) {
  const track = ladder.tracks.find(({ id }) => id === trackId)
  return track?.levels
    .slice(0, index)
    .findLast((level) =>
      level.cells.some((cell) => cell.dimension === dimension && cell.statements.length > 0),
    )
}
