import { inlinesOfLine, inLanguage, titleLine, type Line } from '../markdown/line.ts'
import { hasTurnedLetters, languageTag } from '../text/language.ts'
import type { RenderContext } from './context.ts'

/** The title of the ladder, a section or a level, marked where it is in another language than the ladder. */
export function titleOf(
  context: RenderContext,
  { title, titleLanguage }: { readonly title: string; readonly titleLanguage?: string },
): Line {
  return named(context, title, titleLanguage)
}

/** The name of a track, a dimension or a group, marked in the same way. */
export function nameOf(
  context: RenderContext,
  { name, nameLanguage }: { readonly name: string; readonly nameLanguage?: string },
): Line {
  return named(context, name, nameLanguage)
}

function named({ ladder, words }: RenderContext, name: string, language: string | undefined): Line {
  const isForeign = language !== undefined && language !== languageTag(ladder.locale)
  const line = titleLine(name)
  if (isForeign) return inLanguage(language, line)
  return runsAgainst(name, words.direction) ? [{ kind: 'isolated', children: inlinesOfLine(line) }] : line
}

/** A sign at the end of a name: it goes to the wrong side of it where the name is written against what is around it. */
const signAtEnd = /^[^\p{L}\p{M}\p{N}]|[^\p{L}\p{M}\p{N}]$/u

/** Whether all letters of a name with a sign at one of its ends are written against a direction. */
function runsAgainst(name: string, direction: 'ltr' | 'rtl'): boolean {
  if (!signAtEnd.test(name)) return false
  const letters = name.match(/\p{L}/gu) ?? []
  return letters.length > 0 && letters.every((letter) => hasTurnedLetters(letter) === (direction === 'ltr'))
}
