import { expect, test } from 'vitest'

import type { Sheet } from '../../../../src/plan/paper.ts'
import type { Trim } from '../../../../src/plan/trim.ts'
import { copyShopNote } from '../../../../src/render/documents/copy-shop.ts'
import { contextOf } from '../../../support/context.ts'

const sheet: Sheet = { paper: 'A1', width: 594, height: 841, orientation: 'portrait' }

/** The lines of a note on one poster. */
async function noteOn({
  trim,
  black = false,
  isDraft = false,
}: {
  trim?: Trim
  black?: boolean
  isDraft?: boolean
}) {
  const tracks = { a: ['', 'id: a1, title: L, statements: [Builds]'] }
  const context = await contextOf(tracks, '{ brand: { name: Acme } }', 'edition: "7"\n')
  return copyShopNote({ ...context, isDraft }, [{ path: 'poster.pdf', sheet, trim }], black).split('\n')
}

test('a copy shop is told whose poster it is, and of a draft that it is one', async () => {
  expect((await noteOn({}))[1]).toBe('Acme · T 7')
  expect((await noteOn({ isDraft: true }))[1]).toBe('Draft of 7 · Acme · T')
})

test('it is told in which colours to print, and how far the paper reaches beyond what it is cut to', async () => {
  expect(await noteOn({})).toContain('Colour: in colour')
  expect(await noteOn({ black: true })).not.toContain('Colour: in colour')
  const trimmed = (lines: readonly string[]) => lines.find((line) => line.startsWith('Trim'))
  expect(trimmed(await noteOn({ trim: { bleed: 3, marks: true } }))).toContain('10 mm more')
  expect(trimmed(await noteOn({ trim: { bleed: 4, marks: false } }))).toContain(' 4 mm more')
  expect(trimmed(await noteOn({}))).not.toContain('more')
})
