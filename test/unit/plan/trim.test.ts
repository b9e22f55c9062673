import { expect, test } from 'vitest'

import { layDown, parsePaper, type PaperChoice, type Sheet } from '../../../src/plan/paper.ts'
import { parseBleed, rollLost, untrimmed } from '../../../src/plan/trim.ts'

const sheet = (text: string): Sheet => layDown(parsePaper(text) as PaperChoice, 'portrait')

test.each([
  ['3mm', 3],
  [' 3 mm ', 3],
  ['0.125in', 3.175],
  ['0.125 IN', 3.175],
  ['0mm', 0],
  ['20mm', 20],
  ['20.1mm', undefined],
  ['1in', undefined],
  ['3', undefined],
  ['3mm wide', undefined],
  ['-3mm', undefined],
])('a bleed of %j is %j mm', (text, length) => {
  expect(parseBleed(text)).toBe(length)
})

test('what is cut off lies on all sides: the bleed, or marks beyond it and a rim', () => {
  const around = (bleed: number, marks: boolean) => untrimmed(sheet('A1'), { bleed, marks }).width - 594
  expect(around(3, false)).toBe(6)
  expect(around(3, true)).toBe(20)
  expect(around(0, true)).toBe(20)
  expect(around(5, true)).toBe(24)
  expect(untrimmed(sheet('A1'), undefined)).toEqual(sheet('A1'))
})

test('a roll is lost where the sheet would fit it but for what is cut off', () => {
  const trim = { bleed: 3, marks: true }
  expect(rollLost(sheet('A1'), trim)).toEqual({ roll: 609.6, next: 914.4, width: 614 })
  expect(rollLost(sheet('A1'), { bleed: 3, marks: false })).toBeUndefined()
  expect(rollLost(sheet('A0'), trim)).toBeUndefined()
  expect(rollLost(sheet('36x48in'), trim)).toMatchObject({ roll: 914.4, next: 1066.8 })
  expect(rollLost(sheet('42x60in'), trim)).toMatchObject({ roll: 1066.8, next: undefined })
  expect(rollLost(sheet('1100x1500mm'), trim)).toBeUndefined()
})
