/**
 * A language tag (BCP 47) in its canonical form: `DE-at` becomes `de-AT`, `iw` `he`.
 *
 * @returns undefined for what is no tag, and for `jp` or `german`, which only have the form of one
 */
export function languageTag(text: string): string | undefined {
  let tag: string | undefined
  try {
    tag = Intl.getCanonicalLocales(text)[0]
  } catch {
    return undefined
  }
  const [language = ''] = tag?.split('-') ?? []
  // No registered language has more than three letters (RFC 5646, § 2.2.1); those of two are all known.
  return language.length > 3 || (language.length === 2 && !isWritten(language)) ? undefined : tag
}

/**
 * Whether the script of a language is known, as it is for all tags of two letters. Looking for a name would take
 * longer.
 */
function isWritten(language: string): boolean {
  return new Intl.Locale(language).maximize().script !== undefined
}

/** The language that is spoken most where somebody took a country’s code for a language’s: `ja` for `jp`. */
export function languageOfCountry(text: string): string | undefined {
  if (!/^[a-z]{2}$/i.test(text)) return undefined
  const { language } = new Intl.Locale(`und-${text.toUpperCase()}`).maximize()
  return language === 'und' || language === 'en' ? undefined : language
}

const rightToLeft = new Set('Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa'.split(' '))

/** The direction in which a language is written. @param tag a language tag */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  return rightToLeft.has(new Intl.Locale(tag).maximize().script ?? '') ? 'rtl' : 'ltr'
}

const turned = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

/** Whether letters of a text are written from right to left. */
export function hasTurnedLetters(text: string): boolean {
  return turned.test(text)
}
