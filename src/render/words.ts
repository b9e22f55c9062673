import english from '../../templates/words/en.json' with { type: 'json' }
import { didYouMean } from '../diagnostics/suggest.ts'
import { inLanguage, joined, lineText, type Line } from '../markdown/line.ts'
import { conventionsOf } from '../text/conventions.ts'
import { directionOf } from '../text/language.ts'

/** A sentence or word of the sheets, by its key in templates/words. */
export type WordKey = keyof typeof english

/** The words of one language, with what belongs to writing in it. */
export interface Words {
  /** The tag under which dates and lists are written. */
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  /** In English, and marked as such, where the translation lacks the key. */
  say(key: WordKey, parts?: Readonly<Record<string, Line | number>>): Line
  /** “A, B and C”. */
  list(items: readonly Line[]): Line
  /** A day, `2026-01-01`, as people write it. */
  date(day: string): string
}

/**
 * The words of a ladder's language. Keys that a translation leaves out are said in English.
 *
 * @param locale the ladder's language tag
 * @param translation what templates/words/<language>.json holds, if there is one
 */
export function createWords(
  locale: string,
  translation: Readonly<Record<string, string>> | undefined,
): Words {
  const conventions = conventionsOf(locale)
  const isEnglish = new Intl.Locale(locale).language === 'en'
  return {
    locale,
    direction: directionOf(locale),
    say(key, parts = {}) {
      const own = translation && Object.hasOwn(translation, key) ? String(translation[key]) : undefined
      const isForeign = own === undefined && !isEnglish
      // At each odd place stands a part to fill in.
      const pieces = (own ?? english[key]).split(/\{(\w+)\}/).map((piece, at): Line => {
        if (at % 2 === 0) return piece
        const part = Object.hasOwn(parts, piece) ? (parts[piece] ?? '') : `{${piece}}`
        if (typeof part === 'number') return String(part)
        return isForeign && hasLetters(part) ? inLanguage(locale, part) : part
      })
      return isForeign ? inLanguage('en', joined(pieces)) : joined(pieces)
    },
    list(items) {
      const parts = conventions.list(items.length)
      return joined(parts.map((part) => (typeof part === 'number' ? (items[part] ?? '') : part)))
    },
    // No-break spaces: “1.” at the end of a line, its month on the next, is no date.
    date: (day) => conventions.date(day).replaceAll(' ', '\u00a0'),
  }
}

function hasLetters(line: Line): boolean {
  return /\p{L}/u.test(lineText(line))
}

/** Parts that not every language has room for: “No management equivalent.” */
const mayLack: Readonly<Partial<Record<string, string>>> = { noEquivalent: 'adjective' }

/** What is wrong with words: sentences as diagnostics have them. */
export interface WordProblem {
  readonly message: string
  readonly hint?: string | undefined
}

/**
 * Looks whether a translation fits: it may leave keys out, but what it says must take the same parts.
 *
 * @param name of its file, as people are shown it
 */
export function wordProblems(name: string, translation: Readonly<Record<string, unknown>>): WordProblem[] {
  return Object.entries(translation).flatMap(([key, text]): WordProblem[] => {
    if (!Object.hasOwn(english, key)) {
      const message = `${name} has no use for "${key}"`
      return [
        {
          message,
          hint:
            didYouMean(key, Object.keys(english)) ??
            'Ladderpress’s own words/en.json has all keys that there are',
        },
      ]
    }
    if (typeof text !== 'string')
      return [{ message: `"${key}" in ${name} is not text`, hint: 'Put it in quotes' }]
    const usual = english[key as WordKey]
    const [own, all] = [partsOf(text), partsOf(usual)]
    const lacks = [...all].filter((part) => !own.has(part) && mayLack[key] !== part)
    const unknown = [...own].filter((part) => !all.has(part))
    const braced = (parts: readonly string[]) => parts.map((part) => `{${part}}`).join(' and ')
    const faults = [
      ...(lacks.length > 0 ? [`lacks ${braced(lacks)}`] : []),
      ...(unknown.length > 0 ? [`has ${braced(unknown)}, in whose place nothing is put`] : []),
    ]
    if (faults.length === 0) return []
    return [{ message: `"${key}" in ${name} ${faults.join(' and ')}`, hint: `In English it is “${usual}”` }]
  })
}

function partsOf(text: string): Set<string> {
  return new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, part = '']) => part))
}

/** The languages to look for, most particular first: `pt-BR`, `pt`. */
export function wordFiles(locale: string): string[] {
  const { language, baseName } = new Intl.Locale(locale)
  return [...new Set([baseName, language])]
}
