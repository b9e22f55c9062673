import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { readLadder } from '../../src/build/read.ts'
import { inFolder, ladderpress } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'

interface Report {
  readonly diagnostics: readonly {
    readonly code: string
    readonly at: { readonly start: { readonly line: number } }
  }[]
}

const asTrack = (id: string, index: number) =>
  `  - { id: ${JSON.stringify(id)}, name: T, levels: [{ id: l${index}, title: L, statements: [x] }] }\n`
const asLevel = (id: string, index: number) =>
  `  - { id: t${index}, name: T, levels: [{ id: ${JSON.stringify(id)}, title: L${index}, statements: [x] }] }\n`

const malformed = [
  '../x',
  'a/../../b',
  '..',
  '.',
  '/etc/x',
  '\\x',
  'a\\b',
  'x.',
  'x..',
  '.x',
  'x ',
  ' x',
  'x\u200f',
  '\u202ex',
  'x\u200bx',
  'ｘ',
  'é',
  'CON',
  'con.txt',
  'x:y',
  'x\n',
  '%2e%2e',
  '~',
  '-x',
  'x--y',
  '$HOME',
  '',
  'a'.repeat(65),
  '__proto__',
]
/** Refused before anything is looked at as an id. */
const controls = ['x\u0000', 'x\u001b[31m']
const reserved = ['none', 'index', 'con', 'prn', 'aux', 'nul', 'com0', 'com1', 'lpt9']

describe('ids', () => {
  test.each([
    ['malformed', 'track', malformed, asTrack, /^schema\//],
    ['malformed', 'level', malformed, asLevel, /^schema\//],
    ['escaped controls', 'track', controls, asTrack, /^load\/not-text$/],
    ['reserved', 'track', reserved, asTrack, /^ladder\/reserved-id$/],
    ['reserved', 'level', reserved, asLevel, /^ladder\/reserved-id$/],
  ] as const)('that are %s become no file of a %s', async (_, __, ids, lineOf, expected) => {
    await inFolder(async (folder) => {
      // Two folders down, so that what climbs up would be seen.
      const cwd = join(folder, 'deep', 'project')
      const lines = ids.map((id, index) => lineOf(id, index))
      await write(cwd, { 'ladder.yaml': `title: Ladder\ntracks:\n${lines.join('')}` })
      const before = await hashes(folder)
      const { code, stdout } = await ladderpress(['build', 'ladder.yaml', '--report', 'json'], { cwd })
      expect(code).toBe(1)
      const { diagnostics } = JSON.parse(stdout) as Report
      const refused = new Set(
        diagnostics.filter((found) => expected.test(found.code)).map(({ at }) => at.start.line - 3),
      )
      expect(ids.filter((__id, index) => !refused.has(index))).toEqual([])
      expect(await hashes(folder)).toEqual(before)
    })
  })

  test('may be words that programs know', async () => {
    const ids = ['constructor', 'prototype', 'tostring', 'valueof', 'then', 'length']
    const tracks = ids.map(
      (id, index) =>
        `  - { id: ${id}, name: T, levels: [{ id: ${id}, title: L${index}, statements: [x], equivalent: none }] }\n`,
    )
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': `title: Ladder\ntracks:\n${tracks.join('')}` })
      const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--format', 'html'], { cwd })
      expect(code, stderr).toBe(0)
      expect(Object.keys(await hashes(join(cwd, 'out')))).toEqual(
        [
          ...ids.flatMap((id) => [`matrix/${id}.html`, `one-pager/${id}.html`]),
          'booklet.html',
          'index.html',
          'manifest.json',
          'poster.html',
        ].sort(),
      )
    })
  })
})

describe('keys that programs reserve', () => {
  const value = '{ polluted: true }'
  const places: [string, (key: string) => Record<string, string>][] = [
    ['the ladder', (key) => ({ 'ladder.yaml': `${key}: ${value}\n${smallLadder}` })],
    [
      'a track',
      (key) => ({ 'ladder.yaml': smallLadder.replace('name: Engineers', `name: E\n    ${key}: ${value}`) }),
    ],
    [
      'a dimension',
      (key) => ({ 'ladder.yaml': smallLadder.replace('name: Craft', `name: Craft, ${key}: ${value}`) }),
    ],
    [
      'a level',
      (key) => ({
        'ladder.yaml': smallLadder.replace('title: Engineer\n', `title: E\n        ${key}: ${value}\n`),
      }),
    ],
    [
      'expectations',
      (key) => ({ 'ladder.yaml': smallLadder.replace('{ craft: Builds things', `{ ${key}: x, craft: x`) }),
    ],
    [
      'a cell',
      (key) => ({
        'ladder.yaml': smallLadder.replace('craft: Builds things', `craft: { ${key}: ${value} }`),
      }),
    ],
    [
      'a statement',
      (key) => ({
        'ladder.yaml': smallLadder.replace('craft: Builds things', `craft: [{ text: x, ${key}: ${value} }]`),
      }),
    ],
    [
      'an equivalent',
      (key) => ({
        'ladder.yaml': smallLadder.replace('equivalent: lead', `equivalent: { to: lead, ${key}: ${value} }`),
      }),
    ],
    [
      'an alias',
      (key) => ({
        'ladder.yaml': `intro: &a ${JSON.stringify(key)}\n${smallLadder.replace('name: Craft', 'name: Craft, *a : x')}`,
      }),
    ],
    [
      'a merge',
      (key) => ({
        'ladder.yaml': smallLadder.replace(
          'title: Engineer\n',
          `title: E\n        <<: { ${key}: ${value} }\n`,
        ),
      }),
    ],
    [
      'a file of a track',
      (key) => ({
        'ladder.yaml': 'title: Ladder\ntracks: [track.yaml]\n',
        'track.yaml': `id: x\nname: X\n${key}: ${value}\nlevels: [{ id: y, title: Y, statements: [x] }]\n`,
      }),
    ],
    ['press settings', (key) => ({ 'ladder.yaml': smallLadder, 'press.yaml': `${key}: ${value}\n` })],
    [
      'a brand',
      (key) => ({ 'ladder.yaml': smallLadder, 'press.yaml': `brand: { name: x, ${key}: ${value} }\n` }),
    ],
  ]
  const keys = ['__proto__', 'constructor', 'prototype', '"__proto__"', '"\\u005f_proto__"']
  test.each(places)('are refused in %s, and change nothing', async (_, filesWith) => {
    for (const key of keys) {
      await inFolder(async (cwd) => {
        await write(cwd, filesWith(key))
        const { read, diagnostics } = await readLadder({ cwd, ladder: 'ladder.yaml' })
        expect(read).toBeUndefined()
        // Aliases cannot be keys at all.
        const refused = diagnostics.filter(({ code }) => /^yaml\/(reserved-key|key-not-text)$/.test(code))
        expect([key, refused.length]).toEqual([key, 1])
        expect('polluted' in {}).toBe(false)
      })
    }
  })

  test('end the program with 1, in both files at once', async () => {
    const files = {
      'ladder.yaml': `${keys
        .slice(0, 3)
        .map((key) => `${key}: ${value}\n`)
        .join('')}${smallLadder}`,
      'press.yaml': `${keys[0]}: ${value}\n`,
    }
    await inFolder(async (cwd) => {
      await write(cwd, files)
      const { code, stderr } = await ladderpress(['build', 'ladder.yaml'], { cwd })
      expect([code, stderr.match(/yaml\/reserved-key/g)?.length]).toEqual([1, 4])
      expect(Object.keys(await hashes(cwd))).toEqual(Object.keys(files))
    })
  })
})
