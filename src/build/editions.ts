import { diagnose, type Diagnostic, type Related } from '../diagnostics/diagnostic.ts'
import type { YamlFile } from '../load/project.ts'
import type { Ladder } from '../model/ladder.ts'
import { partsOf } from '../model/parts.ts'
import { placeOfRef } from '../model/places.ts'
import type { EarlierEdition } from '../render/documents/index-page.ts'
import { hashOf } from '../text/hash.ts'
import type { Location } from '../text/source.ts'
import { entries, field, items, written } from '../yaml/located.ts'

/** What editions.yaml holds of an edition that must not change any more. */
export interface Seal {
  readonly edition: string
  /** The day from which it counts, as YYYY-MM-DD. */
  readonly effective: string | undefined
  readonly sha256: string
  /** By the ref of each part of the ladder, the stamps of its texts; empty where they were taken out. */
  readonly texts: Stamps
}

type Stamps = ReadonlyMap<string, readonly string[]>

/** The name under which a ladder needs no name in editions.yaml. */
export const usualName = 'ladder.yaml'

/** SHA-256 of what the ladder says, however it is written down. */
export function ladderHash({ places: _, ...content }: Ladder): string {
  return hashOf({
    ...content,
    tracks: content.tracks.map((track) => ({ ...track, everyLevel: [...track.everyLevel] })),
  })
}

/** The first digits of the hash of each text of a ladder, by the ref of the part it belongs to. */
export function textStamps(ladder: Ladder): Stamps {
  return new Map(
    [...partsOf(ladder)].map(([ref, texts]) => [ref, texts.map((text) => hashOf(text).slice(0, 8))]),
  )
}

/** How a ladder stands to the editions that are sealed. */
interface Judgement {
  /** Whether its own is; null where it seals none. */
  readonly sealed: boolean | null
  /** Those that were sealed before its own, newest first. */
  readonly earlier: readonly EarlierEdition[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Whether the ladder's edition is sealed, and which were before it.
 *
 * @param file editions.yaml, if there is one
 * @param name the name of the ladder's file: ladders of one folder share editions.yaml
 */
export function judgeSeal(ladder: Ladder, file: YamlFile | undefined, name: string): Judgement {
  if (!file) return { sealed: null, earlier: [], diagnostics: [] }
  const seals = sealsOf(file, name)
  // The first one counts: what is sealed stays sealed.
  const own = seals.findIndex(({ edition }) => edition === ladder.edition)
  const seal = seals[own]
  if (!seal) return { sealed: false, earlier: earlierOf(seals, undefined), diagnostics: [] }
  return {
    sealed: true,
    earlier: earlierOf(seals.slice(0, own), ladder.effective),
    diagnostics: seal.sha256 === ladderHash(ladder) ? [] : [explainChange(ladder, seal)],
  }
}

/**
 * Editions, newest first, each until the day before the next counts. One that was to count no earlier than the next was
 * never in force: its days are left out.
 *
 * @param seals oldest first
 * @param next the day from which what follows them counts
 */
function earlierOf(seals: readonly Seal[], next: string | undefined): EarlierEdition[] {
  return seals
    .map(({ edition, effective }, index): EarlierEdition => {
      const from = index + 1 < seals.length ? seals[index + 1]?.effective : next
      if (effective === undefined || from === undefined) return { edition, effective, until: undefined }
      return effective < from
        ? { edition, effective, until: dayBefore(from) }
        : { edition, effective: undefined, until: undefined }
    })
    .toReversed()
}

function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - 1)
  return date.toISOString().slice(0, 10)
}

function sealsOf({ source, root }: YamlFile, name: string): Seal[] {
  return items(field({ source, node: root }, 'editions')).flatMap((item) => {
    if ((written(field(item, 'ladder')) ?? usualName) !== name) return []
    const texts = entries(field(item, 'texts')).map(
      ({ name: ref, value }) => [ref, written(value)?.split(' ') ?? []] as const,
    )
    return [
      {
        edition: written(field(item, 'edition')) ?? '',
        effective: written(field(item, 'effective')),
        sha256: written(field(item, 'sha256')) ?? '',
        texts: new Map(texts),
      },
    ]
  })
}

interface Change {
  readonly ref: string
  readonly what: string
  readonly at: Location | undefined
}

/** More places than these are counted, not shown. */
const mostShown = 10

function explainChange(ladder: Ladder, { edition, texts }: Seal): Diagnostic {
  const changes = texts.size === 0 ? [] : changesBetween(ladder, texts, textStamps(ladder))
  const placed = changes
    .filter((change): change is Change & { at: Location } => change.at !== undefined)
    .sort(
      ({ at: a }, { at: b }) =>
        Number(a.source.path > b.source.path) - Number(a.source.path < b.source.path) ||
        a.span.start - b.span.start,
    )
  const [first, ...others] = placed
  const related = others.slice(0, mostShown).map(({ what, at }): Related => ({ message: what, at }))
  const more = others.length - related.length
  const gone = [...new Set(changes.filter(({ at }) => at === undefined).map(({ ref }) => nameOf(ref)))]
  const hints = [
    ...(more > 0 ? [`There ${more === 1 ? 'is' : 'are'} ${more} more`] : []),
    ...(gone.length > 0 ? [`No longer as sealed: ${gone.join(', ')}`] : []),
    'Raise the edition, or undo the change',
  ]
  return diagnose(
    'ladder/sealed-edition-changed',
    `Edition ${edition} is sealed, and ${first?.what ?? 'the ladder says something else now'}`,
    { at: first?.at ?? ladder.places.get('@/edition'), related, hint: hints.join('. ') },
  )
}

/** What of a ladder is gone, as people call it: of a level that is no more, its id. */
function nameOf(ref: string): string {
  return ref.startsWith('@/') ? ref.slice(2) : (ref.split('/')[0] ?? ref).replace(/^@/, '')
}

/** Texts that moved within their cell are no change of theirs: what came and what went is. */
function changesBetween(ladder: Ladder, before: Stamps, after: Stamps): Change[] {
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((ref): Change[] => {
    const [old, now] = [before.get(ref) ?? [], after.get(ref) ?? []]
    if (old.join() === now.join()) return []
    const went = without(old, now)
    const came = without(now, old)
    const removed = went.length - came.length
    const at = placeOfRef(ladder, ref)
    if (came.length === 0 && removed === 0) return [{ ref, what: 'this is in another order now', at }]
    return [
      ...came.map(({ index }, nth) => ({
        ref,
        what: nth < went.length ? 'this says something else now' : 'this was added',
        at: ladder.places.get(`${ref}/${index + 1}`) ?? ladder.places.get(`${ref}-${index + 1}`) ?? at,
      })),
      ...(removed > 0 ? [{ ref, what: `something was removed here (${ref.split('/').at(-1)})`, at }] : []),
    ]
  })
}

/** The stamps of one list that the other does not have, each as often as it is missing. */
function without(list: readonly string[], other: readonly string[]): { stamp: string; index: number }[] {
  const left = [...other]
  return list
    .map((stamp, index) => ({ stamp, index }))
    .filter(({ stamp }) => {
      const at = left.indexOf(stamp)
      if (at >= 0) left.splice(at, 1)
      return at < 0
    })
}
