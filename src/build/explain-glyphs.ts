import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { YamlFile } from '../load/project.ts'
import type { Ladder } from '../model/ladder.ts'
import { placeOfRef } from '../model/places.ts'
import { fontPackageFor } from '../render/font-packages.ts'
import type { Location, Source } from '../text/source.ts'
import type { YamlNode } from '../yaml/node.ts'
import type { PreparedDocument } from './kinds.ts'

/** Puts into words which characters no font has. */

/** A character that no font has: the package that would help, where it stands, and in which documents. */
interface Absence {
  readonly font: string
  readonly code: number
  readonly refs: Set<string>
  readonly jobs: string[]
}

/**
 * One diagnostic per script of which characters are missing, at the first place where one stands.
 *
 * @param press the press settings, which have names that are printed as well
 */
export function missingGlyphs(
  ladder: Ladder,
  documents: readonly PreparedDocument[],
  press: YamlFile | undefined,
): Diagnostic[] {
  const places = new Map<string, Absence>()
  for (const { job, missing, texts } of documents) {
    for (const { code, language } of missing) {
      const font = fontPackageFor(code, language ?? ladder.locale) ?? `U+${code.toString(16)}`
      const entry = places.get(`${font} ${code}`) ?? { font, code, refs: new Set(), jobs: [] }
      for (const { ref, text } of texts) if (text.includes(String.fromCodePoint(code))) entry.refs.add(ref)
      entry.jobs.push(job.id)
      places.set(`${font} ${code}`, entry)
    }
  }
  const groups = new Map<string, Absence[]>()
  for (const entry of places.values()) groups.set(entry.font, [...(groups.get(entry.font) ?? []), entry])
  // A ladder in another script lacks hundreds: one diagnostic per package that would help says it.
  return [...groups].map(([font, members]) => {
    const [any] = members as [(typeof members)[number]]
    const first =
      members.find((member) => isWritten(ladder, member)) ?? members.find(({ refs }) => refs.size > 0) ?? any
    const character = String.fromCodePoint(first.code)
    const at = placeOfAbsence(ladder, first) ?? (press && placeOfText(press.source, press.root, character))
    const more = members.length > 1 ? `, and ${members.length - 1} more of its script` : ''
    const jobs = [...new Set(members.flatMap((member) => member.jobs))]
    const stopped = jobs.length > 1 ? `${jobs[0]} and ${jobs.length - 1} more` : jobs[0]
    return diagnose(
      'print/missing-glyph',
      `No font has the character ${character} (U+${hex(first.code)})${more}; ${stopped} cannot be printed`,
      {
        at: at && narrow(at, character),
        hint: hintFor(font, character),
      },
    )
  })
}

/** Whether a character stands in the file itself, and not only in our own words for something in it. */
function isWritten(ladder: Ladder, { code, refs }: Absence): boolean {
  const [ref] = refs
  const at = ref !== undefined && isText(ref) ? placeOfRef(ladder, ref) : undefined
  return at !== undefined && narrow(at, String.fromCodePoint(code)) !== at
}

/** Where a character stands; one of our own words, where their language is chosen. */
function placeOfAbsence(ladder: Ladder, { refs }: Absence): Location | undefined {
  const [ref] = refs
  return ref === undefined || isText(ref) ? placeOfRef(ladder, ref ?? null) : ladder.places.get('@/locale')
}

/** A ref of a level or track as a whole is that of an id, in which no such character can stand. */
function isText(ref: string): boolean {
  return ref.includes('/')
}

function hintFor(font: string, character: string): string {
  // U+FB00 to FB06: what PDFs make of letters that are set as one.
  if (/[\ufb00-\ufb06]/.test(character))
    return `Write “${character.normalize('NFKC')}”, letter by letter: text pasted from PDFs has them as one character`
  return font.startsWith('@')
    ? `Install ${font} beside the ladder (npm install ${font}) and name it under fonts: in press.yaml`
    : 'No font package is known that has it; use another character'
}

/** Where some text stands in the values of a file. */
function placeOfText(source: Source, node: YamlNode, text: string): Location | undefined {
  if (node.kind === 'scalar') return node.written.includes(text) ? { source, span: node.span } : undefined
  const inner = node.kind === 'map' ? [...node.entries.values()].map(({ value }) => value) : node.items
  for (const each of inner) {
    const place = placeOfText(source, each, text)
    if (place) return place
  }
  return undefined
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0')
}

/** The character itself, where the place holds it letter by letter. */
function narrow(at: Location, character: string): Location {
  const start = at.source.text.indexOf(character, at.span.start)
  const inside = start >= 0 && start - at.span.start < 20_000
  return inside ? { source: at.source, span: { start, end: start + character.length } } : at
}
