import { expect, test } from 'vitest'

import { createSource, lineText, positionAt } from '../../../src/text/source.ts'

test('lines end at LF, CRLF and a lone CR', () => {
  const source = createSource('a', 'one\ntwo\r\nthree\rfour')
  expect([1, 2, 3, 4].map((line) => lineText(source, line))).toEqual(['one', 'two', 'three', 'four'])
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
