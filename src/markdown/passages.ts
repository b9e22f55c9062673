import { languageTag } from '../text/language.ts'
import type { Line } from './line.ts'
import type { Inline } from './prose.ts'

/** `[Fingerspitzengefühl]{lang=de}` as it is written: Pandoc’s bracketed span, with a language as its only attribute. */
export interface WrittenPassage {
  readonly raw: string
  /** What stands in the brackets. */
  readonly content: string
  /** What stands behind `lang=`, without quotation marks. */
  readonly tag: string
  /** `{lang=de}` */
  readonly attribute: string
}

/** Brackets may stand in brackets, but each level is searched again: without a limit, that takes seconds. */
const deepest = 8

const attributePattern = /^\{\s*lang\s*=\s*(["']?)([^}]*?)\1\s*\}/

/** The passage with which a text begins, if it does. */
export function passageAtStart(text: string): WrittenPassage | undefined {
  if (!text.startsWith('[') || !text.includes(']{')) return undefined
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '\\') at += 1
    else if (character === '[') {
      depth += 1
      if (depth > deepest) return undefined
    } else if (character === ']') {
      depth -= 1
      if (depth > 0) continue
      const [attribute, , tag] = attributePattern.exec(text.slice(at + 1, at + 100)) ?? []
      if (attribute === undefined || tag === undefined) return undefined
      return { raw: text.slice(0, at + 1) + attribute, content: text.slice(1, at), tag, attribute }
    }
  }
  return undefined
}

/**
 * Reads a line that is plain text but for passages in other languages.
 *
 * @param misread receives the attribute of each passage whose language is none; its words stay
 */
export function parseLine(text: string, misread: (passage: WrittenPassage) => void): Line {
  if (!text.includes(']{')) return text
  const inlines: Inline[] = []
  const say = (words: string) => {
    const last = inlines.at(-1)
    if (last?.kind === 'text') inlines[inlines.length - 1] = { kind: 'text', text: last.text + words }
    else if (words !== '') inlines.push({ kind: 'text', text: words })
  }
  for (let at = 0; at < text.length;) {
    const next = text.indexOf('[', at)
    const passage = next < 0 ? undefined : passageAtStart(text.slice(next))
    if (!passage) {
      say(text.slice(at, next < 0 ? text.length : next + 1))
      at = next < 0 ? text.length : next + 1
      continue
    }
    say(text.slice(at, next))
    const language = languageTag(passage.tag)
    if (language === undefined) {
      misread(passage)
      say(passage.content)
    } else if (passage.content.trim() !== '')
      inlines.push({ kind: 'passage', language, children: [{ kind: 'text', text: passage.content }] })
    at = next + passage.raw.length
  }
  return inlines.every((inline) => inline.kind === 'text')
    ? inlines.map((inline) => inline.text).join('')
    : inlines
}
