import { expect, test } from 'vitest'

import { directionOf, languageOfCountry, languageTag } from '../../../src/text/language.ts'

test.each([
  ['de', 'de'],
  ['DE-at', 'de-AT'],
  ['zh-hant-tw', 'zh-Hant-TW'],
  ['iw', 'he'],
  ['yue', 'yue'],
  ['es-419', 'es-419'],
])('%s is a language, in full %s', (text, tag) => {
  expect(languageTag(text)).toBe(tag)
})

test.each(['', 'jp', 'cn', 'german', 'de_DE', 'de-', 'e', 'x-own', 'de DE', '*'])('%j is none', (text) => {
  expect(languageTag(text)).toBeUndefined()
})

test('knows what somebody meant who wrote a country', () => {
  expect(['jp', 'CN', 'gr', 'qq', 'german'].map(languageOfCountry)).toEqual([
    'ja',
    'zh',
    'el',
    undefined,
    undefined,
  ])
})

test('knows which languages run from the right', () => {
  expect(['he', 'ar', 'fa', 'ur', 'en', 'ja', 'az-Arab'].map(directionOf)).toEqual([
    'rtl',
    'rtl',
    'rtl',
    'rtl',
    'ltr',
    'ltr',
    'rtl',
  ])
})
