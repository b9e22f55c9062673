import { expect, test } from 'vitest'

import { createSource, sourceLine, offsetAt, positionAt } from '../../../src/text/source.ts'

test('lines end at LF, CRLF and a lone CR', () => {
  const source = createSource('a', 'one\ntwo\r\nthree\rfour')
  expect([1, 2, 3, 4].map((line) => sourceLine(source, line))).toEqual(['one', 'two', 'three', 'four'])
  expect(positionAt(source, 4)).toEqual({ line: 2, column: 1 })
  expect(positionAt(source, 9)).toEqual({ line: 3, column: 1 })
})

test('columns count characters, not units', () => {
  const source = createSource('a', '👩‍💻 x')
  expect(positionAt(source, source.text.indexOf('x'))).toEqual({ line: 1, column: 5 })
})

test('an offset past the end counts as the end', () => {
  expect(positionAt(createSource('a', 'ab'), 99)).toEqual({ line: 1, column: 3 })
})

test('a position leads back to the offset it was made of, also behind characters of two units', () => {
  const source = createSource('a', 'a👩‍💻b\n\n💡💡x\ny')
  const starts = Array.from(source.text.matchAll(/./gsu), ({ index }) => index)
  expect(starts.map((at) => offsetAt(source, positionAt(source, at)))).toEqual(starts)
  expect(starts.map((at) => positionAt(source, at).column)).toEqual([1, 2, 3, 4, 5, 6, 1, 1, 2, 3, 4, 1])
})
