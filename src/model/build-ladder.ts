import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { entries, field, fieldPlace, items, placeOf, written, type Located } from '../yaml/located.ts'
import { buildDimensions, buildSharedDimensions } from './build-dimensions.ts'
import { buildLevel } from './build-level.ts'
import { buildStatementMap } from './build-statements.ts'
import { checkLadder } from './checks.ts'
import type { Dimension, EmptyReason, Ladder, Section, Track } from './ladder.ts'
import { language, line, markdown, type Builder } from './reader.ts'
import type { Rungs } from './rungs.ts'

/** A ladder's files after the schema has passed them. */
export interface LadderFiles {
  readonly ladder: Located
  /** In the ladder's order, from whichever file. */
  readonly tracks: readonly Located[]
}

/** The model, and what is wrong with it. */
export interface BuiltLadder {
  readonly ladder: Ladder
  /** Absent where the equivalences allow no arrangement; a diagnostic says why. */
  readonly rungs?: Rungs
  readonly diagnostics: readonly Diagnostic[]
}

/** Makes the model from validated YAML and checks what a schema cannot. Reports all it finds. */
export function buildLadder(files: LadderFiles): BuiltLadder {
  const builder: Builder = { places: new Map(), diagnostics: [], effort: new Map() }
  const root = files.ladder
  const shared = buildSharedDimensions(builder, root)
  const missing = written(field(root, 'missing')) as EmptyReason | undefined
  const [edition, effective, style] = ['edition', 'effective', 'style'].map((name) =>
    written(field(root, name)),
  )
  const intro = markdown(builder, '@/intro', field(root, 'intro'))
  const tracks = files.tracks.map((track) => buildTrack(builder, track, shared, missing))
  for (const name of ['edition', 'effective', 'locale', 'style'])
    if (field(root, name)) builder.places.set(`@/${name}`, fieldPlace(root, name))

  const titleLanguage = language(builder, '@/title-lang', field(root, 'title-lang'))
  const ladder: Ladder = {
    title: line(builder, '@/title', field(root, 'title')) ?? '',
    ...(titleLanguage !== undefined && { titleLanguage }),
    ...(edition !== undefined && { edition }),
    ...(effective !== undefined && { effective }),
    locale: written(field(root, 'locale')) ?? 'en',
    ...((style === 'additive' || style === 'restated') && { style }),
    ...(intro && { intro }),
    sections: items(field(root, 'sections')).map((section, index) => buildSection(builder, section, index)),
    tracks,
    places: builder.places,
  }
  const checked = checkLadder(ladder)
  return { ladder, ...checked, diagnostics: [...builder.diagnostics, ...checked.diagnostics] }
}

function buildSection(builder: Builder, value: Located, index: number): Section {
  const ref = `@/section-${index + 1}`
  const titleLanguage = language(builder, `${ref}/title-lang`, field(value, 'title-lang'))
  return {
    ref,
    title: line(builder, `${ref}/title`, field(value, 'title')) ?? '',
    ...(titleLanguage !== undefined && { titleLanguage }),
    text: markdown(builder, `${ref}/text`, field(value, 'text')) ?? [],
  }
}

function buildTrack(
  builder: Builder,
  value: Located,
  shared: ReadonlyMap<string, Dimension>,
  missing: EmptyReason | undefined,
): Track {
  const id = written(field(value, 'id')) ?? ''
  const ref = `@${id}`
  builder.places.set(builder.places.has(ref) ? `${ref}#2` : ref, fieldPlace(value, 'id'))
  const nameLanguage = language(builder, `${ref}/name-lang`, field(value, 'name-lang'))
  const adjective = line(builder, `${ref}/adjective`, field(value, 'adjective'))
  const intro = markdown(builder, `${ref}/intro`, field(value, 'intro'))
  const dimensions = buildDimensions(builder, ref, field(value, 'dimensions'), shared)
  for (const { name, key } of entries(field(value, 'every-level')))
    builder.places.set(`${ref}/every-level/${name}`, key)
  return {
    id,
    name: line(builder, `${ref}/name`, field(value, 'name')) ?? id,
    ...(nameLanguage !== undefined && { nameLanguage }),
    ...(adjective !== undefined && { adjective }),
    ...(intro && { intro }),
    opensFrom: items(field(value, 'opens-from')).map((item) => {
      const level = written(item) ?? ''
      builder.places.set(`${ref}/opens-from/${level}`, placeOf(item))
      return level
    }),
    dimensions,
    everyLevel: buildStatementMap(builder, `${ref}/every-level`, field(value, 'every-level')),
    levels: items(field(value, 'levels')).map((level) => buildLevel(builder, level, dimensions, missing)),
  }
}
