import { previousWithCell } from '../model/inheritance.ts'
import { levelsOf, type Level, type Track } from '../model/ladder.ts'
import type { Job } from '../plan/job.ts'
import { toJson, type JsonValue } from '../yaml/node.ts'
import { yamlOf } from '../yaml/write.ts'
import type { ReadLadder } from './read.ts'

type Fields = { [key: string]: JsonValue }

/**
 * What a document shows of the ladder, as YAML to embed in it: a ladder of its own, tracks in files of their own put in,
 * without comments, without drafts and levels of other documents, whatever names these, and without grades, aliases and
 * examples that are not shown.
 *
 * @returns undefined for one-pagers, which go to people outside, also for those in one file, and for documents of
 *   nothing but drafts
 */
export function sourceOf({ project, ladder, press }: ReadLadder, job: Job): string | undefined {
  if (job.kind === 'one-pager' || job.kind === 'stack') return undefined
  const { tracks: _, sections, ...fields } = toJson(project.ladder.root) as Fields
  const inline = (toJson(project.ladder.root) as { tracks: JsonValue[] }).tracks
  // Of a track, a next-step sheet shows two levels.
  const kept = new Set(
    levelsOf(ladder)
      .filter(({ level }) => level.status !== 'draft' && job.subjects.levels.includes(level.id))
      .map(({ level }) => level.id),
  )
  const shown = press.show.examples ? (cell: JsonValue) => cell : withoutExamples
  const tracks = ladder.tracks.flatMap((track, index): JsonValue[] => {
    if (!job.subjects.tracks.includes(track.id)) return []
    const file = project.tracks.find((entry) => entry.index === index)?.file
    const written = (file ? toJson(file.root) : inline[index]) as Fields
    const sources = written['levels'] as Fields[]
    const levels = track.levels.flatMap((level, at): JsonValue[] => {
      const own = sources[at]
      if (!own || !kept.has(level.id)) return []
      const { grade, aliases, equivalent, expectations, statements, ...rest } = own
      const known = keptEquivalents(equivalent, kept)
      const cells = completeCells({ track, sources, kept }, at)
      return [
        {
          ...rest,
          ...(press.show.aliases && aliases !== undefined && { aliases }),
          ...(known !== undefined && { equivalent: known }),
          ...(statements !== undefined && { statements: shown(statements) }),
          ...(expectations !== undefined && {
            expectations: eachCell({ ...(expectations as Fields), ...cells }, shown),
          }),
          ...(press.show.grade && grade !== undefined && { grade: level.grade ?? null }),
        },
      ]
    })
    if (levels.length === 0) return []
    const { 'opens-from': _from, 'every-level': every, ...own } = written
    const opensFrom = track.opensFrom.filter((id) => kept.has(id))
    return [
      {
        ...own,
        ...(opensFrom.length > 0 && { 'opens-from': opensFrom }),
        ...(every !== undefined && { 'every-level': eachCell(every as Fields, shown) }),
        levels,
      },
    ]
  })
  if (tracks.length === 0) return undefined
  const edition = ladder.edition === undefined ? {} : { edition: ladder.edition }
  const more = job.kind === 'booklet' && sections !== undefined ? { sections } : {}
  return yamlOf({ ...fields, title: ladder.title, ...edition, ...more, tracks })
}

function eachCell(cells: Fields, change: (cell: JsonValue) => JsonValue): Fields {
  return Object.fromEntries(Object.entries(cells).map(([dimension, cell]) => [dimension, change(cell)]))
}

/** Statements, or a cell that holds them, without their examples. */
function withoutExamples(cell: JsonValue): JsonValue {
  if (Array.isArray(cell)) return cell.map(withoutExamples)
  if (cell === null || typeof cell !== 'object') return cell
  const { examples: _, statements, ...rest } = cell
  return { ...rest, ...(statements !== undefined && { statements: withoutExamples(statements) }) }
}

/** What a level says of its equivalents, without those that are not there, and their notes. */
function keptEquivalents(said: JsonValue | undefined, kept: ReadonlySet<string>): JsonValue | undefined {
  if (said === undefined || said === null || said === 'none') return said ?? undefined
  const isKept = (entry: JsonValue) => {
    const to = entry !== null && typeof entry === 'object' && 'to' in entry ? entry['to'] : entry
    return typeof to === 'string' && kept.has(to)
  }
  if (!Array.isArray(said)) return isKept(said) ? said : undefined
  const known = said.filter(isKept)
  return known.length === 0 ? undefined : known
}

interface CellSources {
  readonly track: Track
  /** The track's levels as they are written. */
  readonly sources: readonly Fields[]
  readonly kept: ReadonlySet<string>
}

/** Cells that are as at a level that is left out say themselves what it asks. They take nothing from a draft. */
function completeCells({ track, sources, kept }: CellSources, at: number): Fields {
  const level = track.levels[at] as Level
  const cells = level.cells.flatMap(({ dimension, empty }): [string, JsonValue][] => {
    if (empty !== 'same-as-previous') return []
    const before = previousWithCell(track, level, dimension)
    if (!before || kept.has(before.id)) return []
    const source = (sources[track.levels.indexOf(before)] as Fields)['expectations'] as Fields
    return [[dimension, source[dimension] ?? null]]
  })
  return Object.fromEntries(cells)
}
