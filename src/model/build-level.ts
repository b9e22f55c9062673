import { diagnose } from '../diagnostics/diagnostic.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import type { Location } from '../text/source.ts'
import {
  entries,
  field,
  fieldPlace,
  items,
  placeOf,
  booleanOf,
  numberOf,
  written,
  type Located,
} from '../yaml/located.ts'
import { buildStatements } from './build-statements.ts'
import {
  cellRef,
  type Cell,
  type Dimension,
  type EmptyReason,
  type Entry,
  type Equivalence,
  type Equivalent,
  type Level,
  type Status,
} from './ladder.ts'
import { language, line, markdown, sentence, type Builder } from './reader.ts'

/**
 * One level of a track, its cells in the order of the track's dimensions.
 *
 * @param missing what an absent cell means, where the ladder says so
 */
export function buildLevel(
  builder: Builder,
  value: Located,
  dimensions: readonly Dimension[],
  missing: EmptyReason | undefined,
): Level {
  const id = written(field(value, 'id')) ?? ''
  // The second of two levels of one id keeps its place too, for the message.
  builder.places.set(builder.places.has(id) ? `${id}#2` : id, fieldPlace(value, 'id'))
  const described = booleanOf(field(value, 'described')) ?? true
  const titleLanguage = language(builder, `${id}/title-lang`, field(value, 'title-lang'))
  const summary = sentence(builder, `${id}/summary`, field(value, 'summary'))
  const grade = line(builder, `${id}/grade`, field(value, 'grade'))
  const entry = written(field(value, 'entry')) as Entry | undefined
  const intro = markdown(builder, `${id}/intro`, field(value, 'intro'))
  const rung = numberOf(field(value, 'rung'))
  if (rung !== undefined) builder.places.set(`${id}/rung`, fieldPlace(value, 'rung'))

  const expectations = field(value, 'expectations')
  const list = field(value, 'statements')
  if (list) checkStatements(builder, value, dimensions)
  const cells = expectations ? buildCells(builder, id, expectations, dimensions, missing) : []
  const statements = buildStatements(builder, `${id}/statements`, list)
  if (!described && (expectations || list)) {
    builder.diagnostics.push(
      diagnose('ladder/undescribed-with-text', 'This level is described although it says described: false', {
        at: fieldPlace(value, 'described'),
        hint: 'Remove described: false, or what the level asks; as it is, its text is not printed',
      }),
    )
  }
  const isBare = statements.length === 0 && cells.every((cell) => cell.statements.length === 0)
  if (described && intro === undefined && isBare) {
    builder.diagnostics.push(
      diagnose('ladder/level-without-text', 'This level says nothing', {
        at: fieldPlace(value, 'id'),
        hint: `Give it ${dimensions.length > 0 ? 'expectations' : 'statements'} or an intro, or write described: false if it is only named`,
      }),
    )
  }
  return {
    id,
    title: line(builder, `${id}/title`, field(value, 'title')) ?? id,
    ...(titleLanguage !== undefined && { titleLanguage }),
    ...(summary !== undefined && { summary }),
    aliases: items(field(value, 'aliases')).map(
      (item, index) => sentence(builder, `${id}/alias-${index + 1}`, item) ?? '',
    ),
    ...(grade !== undefined && { grade }),
    status: (written(field(value, 'status')) as Status | undefined) ?? 'active',
    described,
    ...(entry && { entry }),
    ...(intro && { intro }),
    equivalence: buildEquivalence(builder, id, value),
    ...(rung !== undefined && { rung }),
    cells: described ? cells : [],
    statements: described ? statements : [],
  }
}

/** Statements without dimensions are for tracks that have none, and for levels without expectations. */
function checkStatements(builder: Builder, level: Located, dimensions: readonly Dimension[]): void {
  const at = fieldPlace(level, 'statements')
  if (field(level, 'expectations')) {
    builder.diagnostics.push(
      diagnose('ladder/expectations-and-statements', 'A level has either expectations or statements', {
        at,
        related: [{ message: 'expectations stand here', at: fieldPlace(level, 'expectations') }],
        hint: 'Statements are for tracks without dimensions',
      }),
    )
  } else if (dimensions.length > 0) {
    const known = dimensions.map(({ id }) => id).join(', ')
    builder.diagnostics.push(
      diagnose(
        'ladder/statements-with-dimensions',
        'This track has dimensions, so its levels have expectations',
        { at, hint: `Say what is asked under expectations, by dimension: ${known}` },
      ),
    )
  }
}

function buildCells(
  builder: Builder,
  level: string,
  expectations: Located,
  dimensions: readonly Dimension[],
  missing: EmptyReason | undefined,
): Cell[] {
  const known = new Map(dimensions.map((dimension) => [dimension.id, dimension]))
  const said = new Map(entries(expectations).map((entry) => [entry.name, entry]))
  for (const { name, key } of said.values()) {
    if (known.has(name)) continue
    builder.diagnostics.push(
      diagnose('ladder/unknown-dimension', `The track has no dimension "${name}"`, {
        at: key,
        hint:
          didYouMean(name, known.keys()) ??
          (known.size > 0
            ? `Its dimensions are ${[...known.keys()].join(', ')}`
            : 'The track lists no dimensions; add them, or use statements'),
      }),
    )
  }
  return dimensions.map((dimension) => {
    const entry = said.get(dimension.id)
    const ref = cellRef(level, dimension.id)
    if (entry) {
      builder.places.set(ref, entry.key)
      return buildCell(builder, ref, dimension, entry.value, missing)
    }
    if (missing === undefined) reportMissing(builder, dimension, placeOf(expectations), level)
    return { dimension: dimension.id, statements: [], empty: missing ?? 'not-defined' }
  })
}

function buildCell(
  builder: Builder,
  ref: string,
  dimension: Dimension,
  value: Located,
  missing: EmptyReason | undefined,
): Cell {
  const summary = sentence(builder, `${ref}/summary`, field(value, 'summary'))
  const empty = written(field(value, 'empty')) as EmptyReason | undefined
  const list = value.node.kind === 'map' ? field(value, 'statements') : value
  const statements = buildStatements(builder, ref, list)
  if (empty && statements.length > 0) {
    builder.diagnostics.push(
      diagnose(
        'ladder/empty-with-statements',
        `The cell says that it is empty (${empty}) and has statements`,
        {
          at: fieldPlace(value, 'empty'),
        },
      ),
    )
  }
  if (!empty && statements.length === 0 && missing === undefined) {
    reportMissing(builder, dimension, builder.places.get(ref) ?? placeOf(value), ref.split('/')[0] ?? '')
  }
  return {
    dimension: dimension.id,
    ...(summary !== undefined && { summary }),
    statements,
    ...(statements.length === 0 && { empty: empty ?? missing ?? 'not-defined' }),
  }
}

function reportMissing(builder: Builder, dimension: Dimension, at: Location, level: string): void {
  builder.diagnostics.push(
    diagnose('ladder/missing-cell', `"${level}" says nothing on "${dimension.id}", nor why`, {
      at,
      hint: `Write what is asked, or the reason: ${dimension.id}: { empty: not-applicable } (or not-defined, same-as-previous, open), or missing: not-defined for the whole ladder`,
    }),
  )
}

function buildEquivalence(builder: Builder, level: string, value: Located): Equivalence {
  const said = field(value, 'equivalent')
  if (!said) return { kind: 'unsaid' }
  builder.places.set(`${level}/equivalent`, fieldPlace(value, 'equivalent'))
  if (said.node.kind === 'scalar' && said.node.value === 'none') return { kind: 'none' }
  const list = said.node.kind === 'sequence' ? items(said) : [said]
  return {
    kind: 'levels',
    levels: list.map((item): Equivalent => {
      const to = item.node.kind === 'map' ? field(item, 'to') : item
      const id = written(to) ?? ''
      builder.places.set(`${level}/equivalent/${id}`, placeOf(to ?? item))
      const note = sentence(builder, `${level}/equivalent/${id}/note`, field(item, 'note'))
      return { to: id, ...(note !== undefined && { note }) }
    }),
  }
}
