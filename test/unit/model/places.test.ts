import { expect, test } from 'vitest'

import { buildLadder } from '../../../src/model/build-ladder.ts'
import { createSource, positionAt } from '../../../src/text/source.ts'
import { parseYaml } from '../../../src/yaml/parse.ts'

function read(text: string) {
  const source = createSource('ladder.yaml', text)
  const { root } = parseYaml(source)
  if (root?.kind !== 'map') throw new Error('not parsed')
  const tracks = root.entries.get('tracks')?.value
  if (tracks?.kind !== 'sequence') throw new Error('no tracks')
  return buildLadder({
    ladder: { source, node: root },
    tracks: tracks.items.map((node) => ({ source, node })),
  })
}

/** Line and column of a ref, and what stands there. */
function placeOf(text: string, ref: string): string {
  const place = read(text).ladder.places.get(ref)
  if (!place) return 'nowhere'
  const { line, column } = positionAt(place.source, place.span.start)
  return `${line}:${column} ${place.source.text.slice(place.span.start, place.span.end)}`
}

const ladder = (statements: string) =>
  `title: T\ntracks:\n  - id: a\n    name: A\n    levels:\n      - id: a-1\n        title: A1\n        statements: ${statements}\n`

test('a statement stands where it begins, not where its first words stand in the one before', () => {
  const text = ladder(
    '|\n          - Reviews code, and helps others to\n          - Helps\n          - helps others',
  )
  expect(placeOf(text, 'a-1/statements/1')).toBe('9:13 Reviews code, and helps')
  expect(placeOf(text, 'a-1/statements/2')).toBe('10:13 Helps')
  expect(placeOf(text, 'a-1/statements/3')).toBe('11:13 helps others')
})

test('a statement whose words begin another, or stand within it, is found at its own beginning', () => {
  const text = ladder(
    '|\n          - Helps everybody\n          - Helps\n          - Plans all there is and asks why\n          - asks why',
  )
  expect(placeOf(text, 'a-1/statements/1')).toBe('9:13 Helps everybody')
  expect(placeOf(text, 'a-1/statements/2')).toBe('10:13 Helps')
  expect(placeOf(text, 'a-1/statements/4')).toBe('12:13 asks why')
})

test('a statement is found where its first words go over two lines, and in quotes', () => {
  expect(
    placeOf(ladder('|\n          - One\n          - Two\n            or three'), 'a-1/statements/2'),
  ).toBe('10:13 Two\n            or three')
  expect(placeOf(ladder('"- Two is one\\n- One"'), 'a-1/statements/2')).toBe('8:38 One')
})

test('letters that are written in two parts are found again', () => {
  const text = ladder('|\n          - Schöne Grüße\n          - Hört <b>zu</b>'.normalize('NFD'))
  expect(placeOf(text, 'a-1/statements/2')).toBe(`10:13 ${'Hört'.normalize('NFD')}`)
  expect(read(text).diagnostics.map(({ at }) => at && positionAt(at.source, at.span.start))).toEqual([
    { line: 10, column: 19 },
    { line: 10, column: 24 },
  ])
})
