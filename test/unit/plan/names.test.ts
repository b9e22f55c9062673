import { describe, expect, test } from 'vitest'

import { judgePattern, nameFrom, slug } from '../../../src/plan/names.ts'

const values = { track: 'ic', level: 'lead-engineer', edition: '2026.1', paper: 'ANSI C' }

describe('a name pattern', () => {
  test('stands for what a document is about, as words stand in addresses', () => {
    expect(nameFrom('offers/{edition}/{paper}_{level}', values)).toEqual({
      path: 'offers/2026-1/ansi-c_lead-engineer',
    })
    expect(nameFrom('{level}', { ...values, level: 'engineer--senior' })).toEqual({
      path: 'engineer--senior',
    })
    expect([slug('Édition d’été №2'), slug('  '), slug('第3版')]).toEqual(['edition-d-ete-no2', '', '3'])
  })

  test('leaves out what there is not, with the dash before it', () => {
    const none = { ...values, edition: '' }
    expect(nameFrom('offers/{edition}-{level}', none)).toEqual({ path: 'offers/lead-engineer' })
    expect(nameFrom('poster-{edition}', none)).toEqual({ path: 'poster' })
    expect(nameFrom('offers/{edition}', none)).toMatchObject({
      problem: '"offers/{edition}" leaves nothing of a name',
    })
  })

  test.each([
    '',
    '.',
    '..',
    '../{level}',
    'a/../b',
    './a',
    '/etc/{level}',
    'a//b',
    'a/',
    '\\\\server\\share',
    'C:\\{level}',
    'C:a',
    '~/a',
    '.hidden',
    'a.pdf',
    'a.',
    ' a',
    'a b',
    '-a',
    'a-',
    '🎉',
    'naïve',
    'a\u0000b',
    'a\nb',
    '%2e%2e',
    '$HOME',
    'a|b',
    '{',
    '{}',
    '{{level}}',
    '{Level}',
    '{levels}',
    'a/b/c/d/e',
  ])('cannot be %j', (pattern) => {
    expect(judgePattern(pattern)).toMatchObject({ problem: expect.any(String), hint: expect.any(String) })
  })

  test.each(['CON', 'a/Nul/b', 'com1', 'lpt9/{level}'])('is no device of Windows: %s', (pattern) => {
    expect(judgePattern(pattern)).toBeUndefined()
    expect(nameFrom(pattern, values)).toMatchObject({ problem: expect.stringContaining('Windows') })
  })

  test('is not one of the build’s own files, but may lie in a folder', () => {
    for (const name of ['index', 'Manifest', 'copy-shop'])
      expect(nameFrom(name, values)).toMatchObject({ problem: expect.stringContaining('own files') })
    expect(nameFrom('wiki/index', values)).toEqual({ path: 'wiki/index' })
  })

  test('is measured when it is filled', () => {
    expect(nameFrom('x'.repeat(300), values)).toMatchObject({ problem: expect.stringContaining('too long') })
    expect(nameFrom('{level}', { ...values, level: 'y'.repeat(121) })).toMatchObject({
      problem: expect.stringContaining('too long'),
    })
    expect(nameFrom('{level}', { ...values, level: 'y'.repeat(120) })).toEqual({ path: 'y'.repeat(120) })
  })
})
