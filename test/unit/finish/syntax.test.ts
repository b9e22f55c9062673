import { describe, expect, test } from 'vitest'

import { PdfReader, type PdfValue } from '../../../src/finish/syntax.ts'

/** A value as JavaScript writes it: references as `R12`, names with their slash. */
function plain(value: PdfValue | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(plain)
  if ('dict' in value) return Object.fromEntries([...value.dict].map(([key, inner]) => [key, plain(inner)]))
  if ('ref' in value) return `R${value.ref}`
  if ('name' in value) return `/${value.name}`
  return 'bytes' in value ? value.bytes.toString('latin1') : value.operator
}

const read = (text: string) => plain(new PdfReader(text).next())

describe('a dictionary', () => {
  const known = {
    Type: '/Page',
    Parent: 'R10',
    Count: 3,
    Kids: ['R2', 'R13'],
    T: 'a(b)',
    X: -1.5,
    Y: { Z: null },
  }

  test.each([
    [
      'as Skia writes it',
      '<</Type /Page\n/Parent 10 0 R\n/Count 3\n/Kids [2 0 R 13 0 R]\n/T (a\\(b\\))\n/X -1.5\n/Y <</Z null>>>>',
    ],
    [
      'without blanks',
      '<</Type/Page/Parent 10 0 R/Count 3/Kids[2 0 R 13 0 R]/T<61286229>/X -1.5/Y<</Z null>>>>',
    ],
    [
      'with comments and escapes',
      '<< /Type%x\n/P#61ge /Parent 10 0\r\nR /Count %/N 4\n3 /#4bids [ 2 0 R %\n13 0 R ] /T (a(b)) /X -1.5 /Y << /Z null >> >>',
    ],
  ])('is the same %s', (_, text) => {
    expect(read(text)).toEqual(known)
  })

  test.each(['<</A', '<</A 1', '<</A 1/B>>', '<<1 2>>', '<</A 1 2>>'])(
    'is refused where it is broken: %s',
    (text) => {
      expect(() => read(text)).toThrow(/dictionary|unexpected|closed/)
    },
  )
})

test.each([
  ['[2 0 R /XYZ 1 20 3]', ['R2', '/XYZ', 1, 20, 3]],
  ['[0 [656.25] 18 [736.81641 0 0 722]]', [0, [656.25], 18, [736.81641, 0, 0, 722]]],
  ['[0 12 0 R 1 13 0 R]', [0, 'R12', 1, 'R13']],
  ['[ 1 2 ]', [1, 2]],
  ['[1 0 0 RG 4 0 R]', [1, 0, 0, 'RG', 'R4']],
  ['[true<</A 1>>3]', [true, { A: 1 }, 3]],
  ['[]', []],
])('the array %s', (text, values) => {
  expect(read(text)).toEqual(values)
})
