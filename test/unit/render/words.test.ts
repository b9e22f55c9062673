import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { inlinesHtml } from '../../../src/markdown/html.ts'
import { inLanguage, inlinesOfLine, type Line } from '../../../src/markdown/line.ts'
import { createWords } from '../../../src/render/words.ts'
import german from '../../../templates/words/de.json' with { type: 'json' }
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
  expect(createWords('en', undefined).date('2026-01-01')).toBe('1\u00a0January\u00a02026')
  expect(createWords('en-US', undefined).date('2026-01-01')).toBe('January\u00a01,\u00a02026')
  expect(createWords('de', undefined).list(['A', 'B', 'C'])).toBe('A, B und C')
  expect(createWords('ja', undefined).date('2026-01-01')).toBe('2026年1月1日')
})

test('words that a translation lacks are English, and say so; what is filled in stays in its language', () => {
  const words = createWords('nl', { draft: 'Concept' })
  expect(words.say('draft')).toBe('Concept')
  const html = (line: Line) => inlinesHtml(inlinesOfLine(line))
  expect(html(words.say('addsTo', { level: 'Hoofd' }))).toBe(
    '<span lang="en">Adds to everything expected of <span lang="nl">Hoofd</span>.</span>',
  )
  expect(html(words.say('addsTo', { level: inLanguage('en', 'Tech Lead') }))).toBe(
    '<span lang="en">Adds to everything expected of Tech Lead.</span>',
  )
  expect(html(words.say('pageOf', { page: 1, pages: 2 }))).toBe('<span lang="en">1 of 2</span>')
  expect(createWords('en-GB', {}).say('draft')).toBe('Draft')
})

test('names keep their language in sentences and lists', () => {
  const words = createWords('de', german)
  const manager = inLanguage('en', 'Engineering Manager')
  const said = words.say('equivalentTo', { levels: words.list(['Leiterin', manager]) })
  expect(inlinesHtml(inlinesOfLine(said))).toBe(
    'Entspricht Leiterin und <span lang="en">Engineering Manager</span>.',
  )
})

test('what is filled in is never read as a placeholder, nor as a part of Object', () => {
  const words = createWords('en', undefined)
  expect(words.say('grade', { grade: '{constructor}' })).toBe('Grade {constructor}.')
  expect(words.say('grade', {})).toBe('Grade {grade}.')
})
