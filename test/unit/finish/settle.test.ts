import { describe, expect, test } from 'vitest'

import { settleRun } from '../../../src/finish/settle.ts'

const settle = (text: string, day?: string) => settleRun(Buffer.from(text, 'latin1'), day).toString('latin1')

describe('a PDF of the same ladder', () => {
  const dates = "<</CreationDate (D:20261124123501+00'00')\n/ModDate (D:20261124123502+00'00')>>"

  test('bears the day of its edition, not that of printing', () => {
    expect(settle(dates, '2026-01-01')).toBe(
      "<</CreationDate (D:20260101000000+00'00')\n/ModDate (D:20260101000000+00'00')>>",
    )
  })

  test('bears no date where the edition has none, and every byte stays where it was', () => {
    const settled = settle(dates)
    expect(settled).toMatch(/^<< *\n *>>$/)
    expect(settled).toHaveLength(dates.length)
  })

  test('numbers its cells from one, however many were printed before', () => {
    const table = (first: number) => {
      const id = (n: number) => `(node${`${first + n}`.padStart(8, '0')})`
      return `/ID ${id(0)}>> /ID ${id(7)}>> /Headers [${id(0)} ${id(7)}] /Names [${id(0)} 5 0 R ${id(7)} 9 0 R]`
    }
    expect(settle(table(66))).toBe(settle(table(99_999)))
    expect(settle(table(66))).toContain('/Headers [(node00000001) (node00000002)]')
  })

  test('keeps words that only look like such a number', () => {
    expect(settle('/Title (node00000066)')).toBe('/Title (node00000066)')
  })
})
