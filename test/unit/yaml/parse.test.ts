import { expect, test } from 'vitest'

import { createSource } from '../../../src/text/source.ts'
import { nodeAt, toJson } from '../../../src/yaml/node.ts'
import { parseYaml } from '../../../src/yaml/parse.ts'

const parse = (text: string) => parseYaml(createSource('ladder.yaml', text))

test('keeps what was written beside what it means', () => {
  const { root } = parse('edition: 2016.10\nhex: 0x10\nquoted: "1.10"\n')
  if (!root) throw new Error('not parsed')
  expect(nodeAt(root, ['edition'])).toMatchObject({ value: 2016.1, written: '2016.10' })
  expect(nodeAt(root, ['hex'])).toMatchObject({ value: 16, written: '0x10' })
  expect(nodeAt(root, ['quoted'])).toMatchObject({ value: '1.10', written: '1.10', style: 'quoted' })
})

test('finds the comment that ends a plain text, and no other', () => {
  const { root } = parse('a: text # comment\nb: "text" # comment\nc: |\n  text # text\nd: text\n')
  if (!root) throw new Error('not parsed')
  const comments = ['a', 'b', 'c', 'd'].map((key) => (nodeAt(root, [key]) as { comment?: unknown }).comment)
  expect(comments).toEqual([{ start: 8, end: 17 }, undefined, undefined, undefined])
})

test('makes values without a prototype', () => {
  const { root } = parse('a: { b: 1 }\n')
  if (!root) throw new Error('not parsed')
  const value = toJson(root) as { a: object }
  expect(Object.getPrototypeOf(value)).toBeNull()
  expect(Object.getPrototypeOf(value.a)).toBeNull()
})

const bombs = {
  'nested brackets': '['.repeat(100_000),
  'nested braces': '{a: '.repeat(50_000),
  'nested dashes': `${'- '.repeat(100_000)}x`,
  'nested question marks': `${'? '.repeat(100_000)}x`,
  'nested maps': Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  anchors: Array.from({ length: 20_000 }, (_, n) => `- &a${n} x`).join('\n'),
  aliases: `- &a x\n${'- *a\n'.repeat(20_000)}`,
  'billion laughs': [
    'a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]',
    ...'bcdefghi'.split('').map((key, at) => `${key}: &${key} [${`*${'abcdefgh'[at]}, `.repeat(5)}x]`),
  ].join('\n'),
}

test.each(Object.entries(bombs))('%s are refused, three times in one process', (_, text) => {
  for (let time = 0; time < 3; time += 1) {
    const { root, diagnostics } = parse(text)
    expect(root).toBeUndefined()
    expect(diagnostics).toHaveLength(1)
    expect(diagnostics[0]?.code).toMatch(/^yaml\/too-/)
  }
})

test('depth is counted by nesting, not by the length of names', () => {
  const wide = Array.from({ length: 500 }, (_, n) => `${'k'.repeat(n + 1)}: { a: [ { b: c } ] }`).join('\n')
  expect(parse(wide).diagnostics).toEqual([])
})

test('keys that reach a prototype are refused and reach none', () => {
  const { diagnostics } = parse(
    '__proto__: { polluted: true }\na: { constructor: { prototype: { polluted: true } } }\n',
  )
  expect(diagnostics.map(({ code }) => code)).toEqual([
    'yaml/reserved-key',
    'yaml/reserved-key',
    'yaml/reserved-key',
  ])
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

test('CRLF and a byte-order mark change nothing', () => {
  const plain = parse('a: |\n  one\n  two\nb: x\n')
  const windows = parse('a: |\r\n  one\r\n  two\r\nb: x\r\n')
  if (!plain.root || !windows.root) throw new Error('not parsed')
  expect(toJson(windows.root)).toEqual(toJson(plain.root))
})

test('never throws, whatever is cut off', () => {
  const text = 'title: "a"\ntracks:\n  - &x { id: ic, levels: [ { a: *x } ] }\n  - |\n    text\n'
  for (let end = 0; end <= text.length; end += 1) {
    const { root, diagnostics } = parse(text.slice(0, end))
    expect(root !== undefined || diagnostics.length > 0).toBe(true)
  }
})

test('escapes stand for text, line ends and tabs, and not for other controls', () => {
  const codesOf = (text: string) => parse(text).diagnostics.map(({ code }) => code)
  expect(codesOf('a: "tab\\t line\\n \\u00e9 \\\\e \\_"\n')).toEqual([])
  for (const escape of [
    '\\0',
    '\\a',
    '\\b',
    '\\v',
    '\\f',
    '\\e',
    '\\N',
    '\\x1b',
    '\\u009B',
    '\\U0000001b',
    '\\x7f',
  ])
    expect([escape, codesOf(`a: "text ${escape}"\n`)]).toEqual([escape, ['load/not-text']])
})
