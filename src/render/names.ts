import { inLanguage, titleLine, type Line } from '../markdown/line.ts'
import { languageTag } from '../text/language.ts'
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

function named({ ladder }: RenderContext, name: string, language: string | undefined): Line {
  const isForeign = language !== undefined && language !== languageTag(ladder.locale)
  const line = titleLine(name)
  return isForeign ? inLanguage(language, line) : line
}
