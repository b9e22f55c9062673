import { expect, test } from 'vitest'

import { conventionsOf } from '../../../src/text/conventions.ts'

const british = {
  dates: new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }),
  lists: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
}

test.each(['en', 'en-GB'])('dates in %s are those of Britain, in each month', (locale) => {
  const conventions = conventionsOf(locale)
  const days = Array.from(
    { length: 12 },
    (_, index) => `2026-${String(index + 1).padStart(2, '0')}-0${(index % 9) + 1}`,
  )
  const leap = ['2028-02-29', '1999-12-31', '2026-10-30']
  for (const day of [...days, ...leap])
    expect(conventions.date(day)).toBe(british.dates.format(new Date(`${day}T00:00:00Z`)))
})

test('lists in English are those of Britain, however many they are', () => {
  const items = ['A', 'B', 'C', 'D', 'E']
  const written = (count: number) =>
    conventionsOf('en')
      .list(count)
      .map((part) => (typeof part === 'number' ? items[part] : part))
      .join('')
  expect(items.map((_, index) => written(index))).toEqual(
    items.map((_, index) => british.lists.format(items.slice(0, index))),
  )
})

test('other languages and regions have their own', () => {
  expect(conventionsOf('en-US').date('2026-01-31')).toBe('January 31, 2026')
  expect(conventionsOf('ar').date('2026-01-31')).toBe('31 يناير 2026')
  expect(conventionsOf('en-US').list(3)).toEqual([0, ', ', 1, ', and ', 2])
  expect(conventionsOf('ja').list(2)).toEqual([0, '、', 1])
})
