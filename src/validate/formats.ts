import { languageTag } from '../text/language.ts'

/** A day that exists, as YYYY-MM-DD (RFC 3339 full-date). */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** A language tag (BCP 47). */
function isLanguageTag(text: string): boolean {
  return languageTag(text) !== undefined
}

/** The formats of our schemas, by name. */
export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  date: isDate,
  'language-tag': isLanguageTag,
}
