import { describe, expect, test } from 'vitest'

import { elementOf, repairStructure, walkStructure } from '../../../src/finish/structure.ts'
import { isDict, isName, isRef, isString, type PdfValue } from '../../../src/finish/syntax.ts'
import {
  addObject,
  dictOf,
  dictWith,
  nameOf,
  refTo,
  setEntries,
  textString,
  type EditedPdf,
} from '../../../src/finish/write.ts'

/** A file whose page has four marks, and a structure of elements that hold marks and each other. */
function fileWith(add: (element: (type: string, kids: PdfValue[], more?: Entries) => number) => number) {
  const pdf: EditedPdf = { objects: new Map(), root: 1, info: 0, last: 1 }
  const page = addObject(pdf, dictWith({ StructParents: 7 }))
  const owners: (number | undefined)[] = []
  const top = add((type, kids, more = {}) => {
    const number = addObject(pdf, dictWith({ S: nameOf(type), Pg: refTo(page), K: kids, ...more }))
    for (const kid of kids) {
      if (typeof kid === 'number') owners[kid] = number
      if (isRef(kid)) setEntries(pdf, kid.ref, { P: refTo(number) })
    }
    return number
  })
  const marks = addObject(
    pdf,
    owners.map((owner) => (owner === undefined ? null : refTo(owner))),
  )
  const tree = addObject(pdf, dictWith({ Nums: [3, refTo(page), 7, refTo(marks)] }))
  const structure = addObject(pdf, dictWith({ K: refTo(top), ParentTree: refTo(tree) }))
  pdf.objects.set(pdf.root, { value: dictWith({ StructTreeRoot: refTo(structure) }) })
  repairStructure(pdf)
  const roles = dictOf(pdf, structure).dict.get('RoleMap')
  return { pdf, top, marks, roles }
}
type Entries = Record<string, PdfValue>

/** An element as `Type(kids)`, marks by their numbers. */
function shown(pdf: EditedPdf, number: number): string {
  const { type = '', kids = [] } = elementOf(pdf, number) ?? {}
  return `${type}(${kids.map((kid) => (isRef(kid) ? shown(pdf, kid.ref) : typeof kid === 'number' ? kid : '?')).join(' ')})`
}

/** Of each mark, what the tree of the page leads to. */
function ownersOf(pdf: EditedPdf, marks: number): (string | undefined)[] {
  const value = pdf.objects.get(marks)?.value
  return Array.isArray(value)
    ? value.map((owner) => (isRef(owner) ? elementOf(pdf, owner.ref)?.type : undefined))
    : []
}

describe('an item of a list', () => {
  test('has all but its label in its body, which follows that', () => {
    const { pdf, top, marks } = fileWith((element) =>
      element('L', [
        refTo(
          element('LI', [refTo(element('Lbl', [0])), 1, refTo(element('L', [refTo(element('LI', [2]))])), 3]),
        ),
      ]),
    )
    expect(shown(pdf, top)).toBe('L(LI(Lbl(0) LBody(1 L(LI(LBody(2))) 3)))')
    // Who asks what a mark belongs to comes to the body.
    expect(ownersOf(pdf, marks)).toEqual(['Lbl', 'LBody', 'LBody', 'LBody'])
    walkStructure(pdf, ({ number }, parent) => {
      const above = dictOf(pdf, number).dict.get('P')
      if (parent) expect(above !== undefined && isRef(above) && above.ref).toBe(parent.number)
    })
  })

  test('has what only groups all of it as its body', () => {
    const { pdf, top } = fileWith((element) =>
      element('LI', [refTo(element('Lbl', [0])), refTo(element('NonStruct', [1]))]),
    )
    expect(shown(pdf, top)).toBe('LI(Lbl(0) LBody(1))')
  })

  test('has it also where that states a language', () => {
    const { pdf, top } = fileWith((element) =>
      element('LI', [refTo(element('NonStruct', [0], { Lang: textString('fr') }))]),
    )
    expect(shown(pdf, top)).toBe('LI(LBody(0))')
  })

  test('is left alone where it has a body, or is empty', () => {
    const { pdf, top } = fileWith((element) =>
      element('L', [refTo(element('LI', [refTo(element('LBody', [0]))])), refTo(element('LI', []))]),
    )
    expect(shown(pdf, top)).toBe('L(LI(LBody(0)) LI())')
  })
})

test('types of PDF 2.0 are told in those of PDF 1.7', () => {
  const { roles } = fileWith((element) =>
    element(
      'Document',
      ['Strong', 'Em', 'Sub', 'Aside', 'Title', 'Else'].map((type) => refTo(element(type, []))),
    ),
  )
  expect(
    roles !== undefined &&
      isDict(roles) &&
      Object.fromEntries([...roles.dict].map(([type, role]) => [type, isName(role) && role.name])),
  ).toEqual({ Strong: 'Span', Em: 'Span', Sub: 'Span', Aside: 'Div', Title: 'H1', Else: 'Div' })
})

test('what only groups becomes something that is read out where it states a language', () => {
  const lang = { Lang: textString('fr') }
  const { pdf, top } = fileWith((element) =>
    element('P', [
      refTo(element('NonStruct', [0], lang)),
      refTo(element('NonStruct', [1, refTo(element('Em', [2]))], lang)),
      refTo(element('NonStruct', [refTo(element('Em', [])), refTo(element('P', [3]))], lang)),
      refTo(element('NonStruct', [])),
      refTo(element('P', [], lang)),
    ]),
  )
  expect(shown(pdf, top)).toBe('P(Span(0) Span(1 Em(2)) Div(Em() P(3)) NonStruct() P())')
})

test('ids of cells are their ranks, wherever they are named', () => {
  const id = (text: string) => ({ bytes: Buffer.from(text) })
  const { pdf, top } = fileWith((element) =>
    element('TR', [
      refTo(element('TH', [], { ID: id('node00000030') })),
      refTo(element('TH', [], { ID: id('node00000007') })),
      refTo(element('TD', [], { A: [dictWith({ Headers: [id('node00000030'), id('mine')] })] })),
      refTo(element('TH', [], { ID: id('mine') })),
    ]),
  )
  const found: string[] = []
  const walk = (value: PdfValue): void => {
    if (Array.isArray(value)) value.forEach(walk)
    else if (isRef(value)) walk(pdf.objects.get(value.ref)?.value ?? null)
    else if (isString(value)) found.push(value.bytes.toString())
    else if (isDict(value)) for (const [key, own] of value.dict) if (key !== 'P' && key !== 'Pg') walk(own)
  }
  walk(refTo(top))
  expect(found).toEqual(['cell0002', 'cell0001', 'cell0002', 'mine', 'mine'])
})
