import { expect, test } from 'vitest'

import { isDate } from '../../../src/validate/formats.ts'

test.each(['2026-01-31', '2024-02-29'])('%j is a day', (text) => {
  expect(isDate(text)).toBe(true)
})

test.each(['2026-02-29', '2026-13-01', '2026-00-01', '2026-1-1', '2026-01-01T00:00', ' 2026-01-01', ''])(
  '%j is none',
  (text) => {
    expect(isDate(text)).toBe(false)
  },
)
