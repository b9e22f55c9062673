import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { createWords } from '../../../src/render/words.ts'
import english from '../../../templates/words/en.json' with { type: 'json' }
import { root } from '../../support/cli.ts'

const folder = join(root, 'templates', 'words')
const translations = readdirSync(folder).map(
  (file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, string>] as const,
)

test.each(translations)('%s says everything English says, with the same parts to fill in', (_, words) => {
  expect(Object.keys(words)).toEqual(Object.keys(english))
  for (const [key, text] of Object.entries(english)) {
    const parts = (of: string) => [...of.matchAll(/\{\w+\}/g)].map(([part]) => part).sort()
    // “No management equivalent.” leaves its adjective out where the language has no room for one.
    if (key !== 'noEquivalent') expect([key, parts(words[key] ?? '')]).toEqual([key, parts(text)])
  }
})

test('dates and lists follow the language; a bare en puts the day first', () => {
  expect(createWords('en', undefined).date('2026-01-01')).toBe('1 January 2026')
  expect(createWords('en-US', undefined).date('2026-01-01')).toBe('January 1, 2026')
  expect(createWords('de', undefined).list(['A', 'B', 'C'])).toBe('A, B und C')
  expect(createWords('ja', undefined).date('2026-01-01')).toBe('2026年1月1日')
})

test('knows which languages run from the right', () => {
  expect(
    ['he', 'ar', 'fa', 'ur', 'en', 'ja', 'az-Arab'].map((locale) => createWords(locale, undefined).direction),
  ).toEqual(['rtl', 'rtl', 'rtl', 'rtl', 'ltr', 'ltr', 'rtl'])
})

test('what is filled in is never read as a placeholder, nor as a part of Object', () => {
  const words = createWords('en', undefined)
  expect(words.say('grade', { grade: '{constructor}' })).toBe('Grade {constructor}.')
  expect(words.say('grade', {})).toBe('Grade {grade}.')
})
