import { expect, test } from 'vitest'

import { layDown, parsePaper, usesLetter, type PaperChoice } from '../../../src/plan/paper.ts'

const choice = (text: string): PaperChoice => {
  const parsed = parsePaper(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed
}

test.each([
  ['a4', 210, 297],
  ['A0', 841, 1189],
  ['A5', 148, 210],
  ['letter', 215.9, 279.4],
  ['LEGAL', 215.9, 355.6],
  ['tabloid', 279.4, 431.8],
  ['ansi c', 431.8, 558.8],
  ['ANSI-E', 863.6, 1117.6],
  ['arch_d', 609.6, 914.4],
  ['Arch E', 914.4, 1219.2],
  ['18x24in', 457.2, 609.6],
  ['24X36IN', 609.6, 914.4],
  ['700x1000mm', 700, 1000],
  ['700 × 1000 mm', 700, 1000],
  ['8.5 x 11 in', 215.9, 279.4],
])('%s is known', (text, width, height) => {
  const { width: w, height: h } = choice(text)
  expect(w).toBeCloseTo(width, 3)
  expect(h).toBeCloseTo(height, 3)
})

test('named papers lie as the kind prefers, sizes in numbers as they are written, unless it is said', () => {
  expect(layDown(choice('A3'), 'landscape')).toMatchObject({
    width: 420,
    height: 297,
    orientation: 'landscape',
  })
  expect(layDown(choice('A3:portrait'), 'landscape')).toMatchObject({ width: 297, height: 420 })
  expect(layDown(choice('500x300mm'), 'portrait')).toMatchObject({
    width: 500,
    height: 300,
    orientation: 'landscape',
  })
  expect(layDown(choice('500x300mm:portrait'), 'landscape')).toMatchObject({ width: 300, height: 500 })
})

test.each([
  'A9',
  'A4:sideways',
  '10x10mm',
  '9000x10mm',
  '0x0mm',
  '-5x100mm',
  'x',
  '',
  '1e9x100mm',
  'A4:portrait:landscape',
])('%j is refused in words', (text) => {
  expect(parsePaper(text)).toHaveProperty('problem')
})

test('Letter is for regions that use it; a language alone does not say', () => {
  expect(['en-US', 'es-MX', 'en-CA', 'fil-PH'].every(usesLetter)).toBe(true)
  expect(['en', 'en-GB', 'de', 'ja', 'es', 'pt-BR'].some(usesLetter)).toBe(false)
})
