import { createHash } from 'node:crypto'

import { expect, test } from 'vitest'

import { hashOf } from '../../../src/text/hash.ts'

/** As it is defined: JSON, each object's fields put in order. */
function defined(content: unknown): string {
  const json = JSON.stringify(content, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
  return createHash('sha256').update(json).digest('hex')
}

test.each([
  ['words', 'ladder'],
  ['nothing', null],
  ['fields in another order', { b: 1, a: [1, 'x', { d: null, c: true }] }],
  ['what is undefined', { b: undefined, a: [undefined, 1], c: { d: undefined } }],
  ['names that are numbers', { 10: 'a', 9: 'b', '09': 'c', x: 'd', '-1': 'e', 4294967295: 'f' }],
  ['names of any script', { é: 1, e: 2, 名: 3, '😀': 4, '\uffff': 5, '"': 6, '': 7 }],
  ['an own __proto__', JSON.parse('{"__proto__": 1, "a": {"constructor": 2}}')],
  ['texts that need escapes', ['"\\\n\u2028', '\ud800']],
  ['numbers', [0, -0, 1.5, 1e21, Number.NaN]],
])('hashes of %s are those of their ordered JSON', (_, content) => {
  expect(hashOf(content)).toBe(defined(content))
})

test('the order of fields does not count, that of lists does', () => {
  expect(hashOf({ a: 1, b: 2 })).toBe(hashOf({ b: 2, a: 1 }))
  expect(hashOf([1, 2])).not.toBe(hashOf([2, 1]))
})
