import type { Line } from '../../markdown/line.ts'
import { countWords, plainText, type Prose } from '../../markdown/prose.ts'
import { isNoteOnly, type Level, type Track } from '../../model/ladder.ts'
import type { Job } from '../../plan/job.ts'
import { trackOf, type RenderContext } from '../context.ts'
import { dividedCell, type Division } from '../divided.ts'
import { draftWords, footLeft, titleWithEdition } from '../edition-words.ts'
import { groupedBelow, withoutSummary, type Grouped } from '../groups.ts'
import { isDashed, isDraftTrack, standingWords, summaryOf } from '../level-words.ts'
import { markOf, type MarkView } from '../marks.ts'
import { nameOf, titleOf } from '../names.ts'
import { refText, type RefText } from '../ref-texts.ts'
import {
  bareStatements,
  cellView,
  onlyNew,
  statementTexts,
  statementView,
  type CellView,
  type StatementView,
} from '../statement-view.ts'
import { headWordOf } from './matrix-heads.ts'

/** What a matrix says, whatever its size. Its hash is the stamp. */
export interface MatrixContent {
  readonly id: string
  readonly track: { readonly id: string; readonly name: Line; readonly mark: MarkView }
  readonly ladder: Line
  readonly draft: Line | null
  readonly columns: readonly MatrixColumn[]
  readonly rows: readonly MatrixRow[]
  /** In mm: what the longest word of their names takes, where that is more than usual. */
  readonly headWord?: number
  /** Whether columns are as wide as what they say asks for. */
  readonly byAmount?: boolean
  /** Words for the foot, where the edition is not sealed yet. */
  readonly draftOf?: Line
  readonly foot: Line
}

/** Levels lowest first. Undescribed ones that follow each other share a stub. */
export interface MatrixColumn {
  readonly kind: 'cells' | 'note' | 'stub'
  readonly heads: readonly ColumnHead[]
  readonly note: Prose | null
  readonly noteRef: string | null
  /** How much there is to read in it. */
  readonly words: number
  /** In mm: what it needs at least, where that is more than usual. */
  readonly least?: number
}

/** A level over its column. */
export interface ColumnHead {
  readonly id: string
  readonly title: Line
  readonly draft: Line | null
  readonly dashed: boolean
  readonly standing: readonly Line[]
  readonly summary: Line | null
}

/** A dimension, with what is asked in it of each level. */
export interface MatrixRow extends Grouped {
  readonly key: string
  /** null in a track without dimensions. */
  readonly name: Line | null
  readonly summary: Line | null
  /** The group in which it stands, where one before it has said so. */
  readonly within?: Line
  readonly every: readonly StatementView[]
  /** One per column; null where the column is a note or a stub. */
  readonly cells: readonly (CellView | null)[]
}

/** What the matrix of a track says. */
export function matrixContent(context: RenderContext, job: Job): MatrixContent {
  const track = trackOf(context, job.subjects.tracks[0] ?? '')
  const { ladder, words } = context
  const columns = columnsOf(context, track)
  const draftOf = draftWords(context)
  const rows = rowsOf(context, track, columns)
  const headWord = headWordOf(context.fonts, rows)
  return {
    id: job.id,
    track: { id: track.id, name: nameOf(context, track), mark: markOf(ladder.tracks.indexOf(track)) },
    ladder: titleWithEdition(context, ladder.edition),
    draft: isDraftTrack(track) ? words.say('draft') : null,
    columns,
    rows,
    ...(headWord !== undefined && { headWord }),
    ...(draftOf !== null && { draftOf }),
    foot: footLeft(context),
  }
}

function columnsOf(context: RenderContext, track: Track): MatrixColumn[] {
  const columns: (MatrixColumn & { heads: ColumnHead[] })[] = []
  for (const level of track.levels) {
    const head = columnHead(context, level)
    const last = columns.at(-1)
    if (!level.described && last?.kind === 'stub') {
      last.heads.push(head)
      continue
    }
    const kind = !level.described ? 'stub' : isNoteOnly(level) ? 'note' : 'cells'
    const statements = [...level.cells.flatMap((cell) => cell.statements), ...level.statements]
    const text = statements.map(({ prose }) => plainText(prose)).join(' ')
    columns.push({
      kind,
      heads: [head],
      note: kind === 'note' ? (level.intro ?? null) : null,
      noteRef: kind === 'note' ? `${level.id}/intro` : null,
      words: countWords(text) + (kind === 'note' && level.intro ? countWords(plainText(level.intro)) : 0),
    })
  }
  return columns
}

function columnHead(context: RenderContext, level: Level): ColumnHead {
  return {
    id: level.id,
    title: titleOf(context, level),
    draft: level.status === 'draft' ? context.words.say('draft') : null,
    dashed: isDashed(level),
    standing: standingWords(context, level, { drafts: level.status === 'draft' }),
    // What a note says stands in its column; other introductions have no room but for their first sentence.
    summary: isNoteOnly(level) ? (level.summary ?? null) : summaryOf(context, level),
  }
}

function rowsOf(context: RenderContext, track: Track, columns: readonly MatrixColumn[]): MatrixRow[] {
  const levels = columns.map(({ kind, heads }) =>
    kind === 'cells' ? track.levels.find(({ id }) => id === heads[0]?.id) : undefined,
  )
  if (track.dimensions.length === 0) {
    const cells = levels.map((level) =>
      level
        ? cellView(context, track, level, { dimension: 'statements', statements: level.statements })
        : null,
    )
    return [{ key: 'statements', name: null, summary: null, group: null, every: [], cells }]
  }
  return track.dimensions.map((dimension, index): MatrixRow => {
    const { group } = dimension
    const before = track.dimensions[index - 1]?.group
    return {
      key: dimension.id,
      name: nameOf(context, dimension),
      summary: dimension.summary ?? null,
      ...groupedBelow(context, group, before),
      ...(group && group === before && { within: nameOf(context, group) }),
      every: (track.everyLevel.get(dimension.id) ?? []).map((statement) => statementView(context, statement)),
      cells: levels.map((level) => {
        const cell = level?.cells.find((candidate) => candidate.dimension === dimension.id)
        return level && cell ? cellView(context, track, level, cell) : null
      }),
    }
  })
}

/** What is said where there is no room for examples. */
export function withoutExamples(content: MatrixContent): MatrixContent {
  return overCells(
    content,
    (cell) => ({ ...cell, statements: bareStatements(cell.statements) }),
    (every) => bareStatements(every),
  )
}

/** What is said where there is no room for what dimensions and their groups are about. */
export function withoutSummaries(content: MatrixContent): MatrixContent {
  return {
    ...content,
    rows: content.rows.map(withoutSummary),
  }
}

/** What is said where a column leaves out what the column before it says too. */
export function withoutRepeated(content: MatrixContent): MatrixContent {
  const said = overCells(content, onlyNew, (every) => every)
  return {
    ...said,
    columns: said.columns.map((column, at) =>
      column.kind === 'cells'
        ? { ...column, words: wordsIn(said.rows.map(({ cells }) => cells[at] ?? null)) }
        : column,
    ),
  }
}

/** What is said with its long statements in pieces. */
export function withDivided(content: MatrixContent, division: Division): MatrixContent {
  return overCells(
    content,
    (cell) => dividedCell(cell, division),
    (every) => every,
  )
}

/** How much is to be read in a column. */
function wordsIn(cells: readonly (CellView | null)[]): number {
  const texts = cells.flatMap((cell) => cell?.statements ?? []).map(({ prose }) => plainText(prose))
  return countWords(texts.join(' '))
}

function overCells(
  content: MatrixContent,
  change: (cell: CellView) => CellView,
  changeEvery: (every: readonly StatementView[]) => readonly StatementView[],
): MatrixContent {
  return {
    ...content,
    rows: content.rows.map((row) => ({
      ...row,
      every: changeEvery(row.every),
      cells: row.cells.map((cell) => cell && change(cell)),
    })),
  }
}

/** Everything of the ladder that the document must show. */
export function matrixTexts(content: MatrixContent): RefText[] {
  return [
    ...refText(`@${content.track.id}/name`, content.track.name),
    ...content.columns.flatMap(({ heads, note, noteRef }) => [
      ...heads.flatMap(({ id, title, summary }) => [
        ...refText(`${id}/title`, title),
        ...refText(`${id}/summary`, summary),
      ]),
      ...refText(noteRef ?? '', note),
    ]),
    ...content.rows.flatMap(({ key, name, every, cells }) => [
      ...refText(`@${content.track.id}/${key}/name`, name),
      ...statementTexts(every),
      ...cells.flatMap((cell) => [
        ...refText(`${cell?.ref}/summary`, cell?.summary ?? null),
        ...statementTexts(cell?.statements ?? []),
      ]),
    ]),
  ]
}
