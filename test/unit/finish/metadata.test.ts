import { expect, test } from 'vitest'

import { describe as describePdf } from '../../../src/finish/metadata.ts'
import { isRef, isString } from '../../../src/finish/syntax.ts'
import { addObject, dictOf, dictWith, textString, type EditedPdf } from '../../../src/finish/write.ts'

const sheet = {
  title: 'Engineer',
  subject: 'Ladder',
  ladder: 'Ladder',
  isDraft: false,
  keywords: ['one-pager'],
  language: 'en',
  stamp: '0123abcd',
  tool: 'Ladderpress 1.0.0',
}

/** What a file says of itself, twice. */
function said(more: Partial<Parameters<typeof describePdf>[1]>, isUniversal = false) {
  const pdf: EditedPdf = { objects: new Map(), root: 1, info: 0, last: 0 }
  addObject(pdf, dictWith({}))
  pdf.info = addObject(pdf, dictWith({ Title: textString('Skia'), Trapped: textString('of the browser') }))
  describePdf(pdf, { ...sheet, ...more }, isUniversal)
  const stream = dictOf(pdf, pdf.root).dict.get('Metadata')
  const packet = stream !== undefined && isRef(stream) ? pdf.objects.get(stream.ref)?.stream : undefined
  const info = [...dictOf(pdf, pdf.info).dict].map(([key, value]) => [
    key,
    isString(value) ? value.bytes.toString('latin1') : '',
  ])
  return { xmp: packet?.toString() ?? '', info: Object.fromEntries(info) as Record<string, string> }
}

test('names with signs that XML has for itself are whole in both', () => {
  const { xmp, info } = said({ title: 'R&D <Lead>', organisation: 'Ada & Sons' })
  expect(info).toMatchObject({ Title: 'R&D <Lead>', Author: 'Ada & Sons' })
  expect(xmp).toContain('<rdf:li xml:lang="x-default">R&#38;D &#60;Lead&#62;</rdf:li>')
  expect(xmp).toContain('<dc:creator><rdf:Seq><rdf:li>Ada &#38; Sons</rdf:li></rdf:Seq></dc:creator>')
})

test('what XML cannot say at all is left out of it', () => {
  expect(said({ title: 'Bell\u0007 and\ttab\uffff' }).xmp).toContain('>Bell and\ttab</rdf:li>')
})

test('a file is only said to be accessible that is, and nothing of the browser’s own is left', () => {
  expect([said({}).xmp, said({}, true).xmp].map((xmp) => xmp.includes('<pdfuaid:part>1<'))).toEqual([
    false,
    true,
  ])
  expect(said({}).info).not.toHaveProperty('Trapped')
})

test('a draft is said to be one', () => {
  const { xmp, info } = said({ isDraft: true, edition: '2', effective: '2026-01-01' })
  expect(info).toMatchObject({ Status: 'draft', Edition: '2', Effective: '2026-01-01' })
  expect(xmp).toContain('<sheet:status>draft</sheet:status>')
  expect(said({}).xmp).not.toContain('status')
})
