/** How dates and lists are written in a language. */
export interface Conventions {
  /**
   * A day as people write it, with blanks as the language has them.
   *
   * @param day `2026-01-31`
   */
  date(day: string): string
  /** A list of so many items: its words and signs, and where each item stands, by its index. */
  list(count: number): readonly (string | number)[]
}

/**
 * @param locale a language tag; a bare `en` says nothing of a region, and is written as in Britain: the day before the
 *   month
 */
export function conventionsOf(locale: string): Conventions {
  return locale === 'en' || locale === 'en-GB' ? english : fromTables(locale)
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
)

// Most ladders are written in it, and the first thing that is asked of `Intl` takes it as long as reading a ladder.
const english: Conventions = {
  date(day) {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
    return `${date} ${months[month - 1]} ${year}`
  },
  list: (count) =>
    Array.from({ length: count }, (_, index) => {
      if (index === 0) return [index]
      return [index === count - 1 ? ' and ' : ', ', index]
    }).flat(),
}

function fromTables(locale: string): Conventions {
  let dates: Intl.DateTimeFormat | undefined
  let lists: Intl.ListFormat | undefined
  return {
    date(day) {
      dates ??= new Intl.DateTimeFormat(locale, {
        dateStyle: 'long',
        timeZone: 'UTC',
        numberingSystem: 'latn',
      })
      return dates.format(new Date(`${day}T00:00:00Z`))
    },
    list(count) {
      lists ??= new Intl.ListFormat(locale, { type: 'conjunction' })
      const parts = lists.formatToParts(Array.from({ length: count }, (_, index) => String(index)))
      return parts.map(({ type, value }) => (type === 'element' ? Number(value) : value))
    },
  }
}
