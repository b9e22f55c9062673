import english from '../../templates/words/en.json' with { type: 'json' }

/** A sentence or word of the sheets, by its key in templates/words. */
export type WordKey = keyof typeof english

/** The words of one language, with what belongs to writing in it. */
export interface Words {
  /** The tag under which dates and lists are written. */
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  say(key: WordKey, parts?: Readonly<Record<string, string | number>>): string
  /** “A, B and C”. */
  list(items: readonly string[]): string
  /** A day, `2026-01-01`, as people write it. */
  date(day: string): string
}

const rightToLeft = new Set('Adlm Arab Aran Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa'.split(' '))

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
  // A bare "en" says nothing of a region; the day before the month is understood everywhere.
  const dated = locale === 'en' ? 'en-GB' : locale
  const dates = new Intl.DateTimeFormat(dated, {
    dateStyle: 'long',
    timeZone: 'UTC',
    numberingSystem: 'latn',
  })
  const lists = new Intl.ListFormat(dated, { type: 'conjunction' })
  return {
    locale,
    direction: rightToLeft.has(new Intl.Locale(locale).maximize().script ?? '') ? 'rtl' : 'ltr',
    say(key, parts = {}) {
      const text = translation && Object.hasOwn(translation, key) ? String(translation[key]) : english[key]
      return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
        Object.hasOwn(parts, name) ? String(parts[name]) : whole,
      )
    },
    list: (items) => lists.format(items),
    date: (day) => dates.format(new Date(`${day}T00:00:00Z`)),
  }
}

/** The languages to look for, most particular first: `pt-BR`, `pt`. */
export function wordFiles(locale: string): string[] {
  const { language, baseName } = new Intl.Locale(locale)
  return [...new Set([baseName, language])]
}
