import { deflateSync } from 'node:zlib'

import { expect, test } from 'vitest'

import type { PdfValue } from '../../../src/finish/syntax.ts'
import { brokenRules } from '../../../src/finish/universal.ts'
import { addObject, dictWith, nameOf, refTo, textString, type EditedPdf } from '../../../src/finish/write.ts'

type Entries = Readonly<Record<string, PdfValue>>
/** An element of the structure: its type, what it says of itself, and what it holds. */
interface Tree extends ReadonlyArray<string | Entries | Tree> {
  readonly 0: string
}

const isTree = (part: string | Entries | Tree): part is Tree => Array.isArray(part)

/** A file with this structure and nothing on its pages. */
function fileOf(tree: Tree, root: Record<string, PdfValue | undefined> = {}): EditedPdf {
  const pdf: EditedPdf = { objects: new Map(), root: 0, info: 0, last: 0 }
  const add = (element: Tree): number => {
    const [type, parts] = [element[0], element.slice(1)]
    const kids = parts.filter(isTree).map((kid) => refTo(add(kid)))
    const entries = Object.assign({}, ...parts.filter((part) => !isTree(part))) as Entries
    return addObject(pdf, dictWith({ S: nameOf(type), ...(kids.length > 0 && { K: kids }), ...entries }))
  }
  const structure = addObject(pdf, dictWith({ K: [refTo(add(tree))] }))
  const catalogue = {
    Lang: textString('en'),
    MarkInfo: dictWith({ Marked: true }),
    StructTreeRoot: refTo(structure),
    ...root,
  }
  return Object.assign(pdf, { root: addObject(pdf, dictWith(catalogue)) })
}

const attributes = (entries: Record<string, PdfValue>) => ({ A: [dictWith(entries)] })
const head: Tree = ['TH', attributes({ Scope: nameOf('Column') })]
const cell: Tree = ['TD']
const spanning = (ColSpan: number, RowSpan: number): Tree => ['TD', attributes({ ColSpan, RowSpan })]
const row = (...cells: Tree[]): Tree => ['TR', ...cells]
const described = { Alt: textString('A map') }

const sound: Tree = [
  'Document',
  ['H1'],
  [
    'Sect',
    ['H2'],
    ['L', ['LI', ['Lbl'], ['LBody', ['L', ['LI', ['LBody']]]]]],
    ['P', { Lang: textString('pt-BR') }],
  ],
  ['Figure', described],
  ['Figure', { ActualText: textString('A') }],
  [
    'Table',
    ['Caption'],
    ['THead', row(head, head, head)],
    ['TBody', row(spanning(1, 2), spanning(2, 1)), row(cell, cell)],
  ],
  ['H2'],
  ['Note', { ID: textString('n1') }],
]

test('a file that keeps the rules breaks none', () => {
  expect(brokenRules(fileOf(sound))).toEqual([])
})

test.each<[string, Tree]>([
  ['a heading of level 3 follows one of level 1 (7.4.2)', ['Document', ['H1'], ['H3']]],
  ['a heading of level 2 follows one of level 0 (7.4.2)', ['Document', ['H2']]],
  [
    'a heading of level 3 follows one of level 1 (7.4.2)',
    ['Document', ['H1'], ['H2'], ['H3'], ['H1'], ['H3']],
  ],
  ['a figure has no words in its place (7.3)', ['Document', ['Figure']]],
  ['a figure has no words in its place (7.3)', ['Document', ['Formula']]],
  ['a head of a table has no scope (7.5)', ['Table', row(['TH'])]],
  ['a head of a table has no scope (7.5)', ['Table', row(['TH', attributes({ ColSpan: 2 })])]],
  ['a row of a table is empty (7.5)', ['Table', row()]],
  ['a note has no id (7.9)', ['Document', ['Note']]],
  ['an item of a list (LI) stands in Document (7.2)', ['Document', ['LI', ['LBody']]]],
  ['a cell of a table (TD) stands in Table (7.2)', ['Table', row(cell), cell]],
  ['a list (L) holds P (7.2)', ['Document', ['L', ['LI', ['LBody']], ['P']]]],
  ['a list (L) holds text of its own (7.2)', ['Document', ['L', { K: [0] }]]],
  [
    'a table has two heads, feet or captions (7.2)',
    ['Table', ['THead', row(head)], ['THead', row(head)], ['TBody', row(cell)]],
  ],
  ['a table has a head or a foot but no body (7.2)', ['Table', ['THead', row(head)]]],
  ['the caption of a table stands between its rows (7.2)', ['Table', row(cell), ['Caption'], row(cell)]],
  ['the rows of a table have different numbers of columns (7.2)', ['Table', row(cell, cell), row(cell)]],
  ['the rows of a table have different numbers of columns (7.2)', ['Table', row(cell), row(cell, cell)]],
  // Over one another, and into a row that is not there.
  [
    'the rows of a table have different numbers of columns (7.2)',
    ['Table', row(cell, spanning(1, 2)), row(spanning(2, 1))],
  ],
  ['the rows of a table have different numbers of columns (7.2)', ['Table', row(cell, spanning(1, 2))]],
  ['“klingon!” is no language (7.2)', ['Document', ['P', { Lang: textString('klingon!') }]]],
])('%s', (said, tree) => {
  const found = brokenRules(fileOf(tree)).map(({ clause, what }) => `${what} (${clause})`)
  expect(found).toContain(said)
})

test.each<[string, Record<string, PdfValue | undefined>]>([
  ['no language is stated', { Lang: undefined }],
  ['no language is stated', { Lang: textString('') }],
  ['it is not tagged', { MarkInfo: undefined }],
  ['it is not tagged', { MarkInfo: dictWith({ Marked: false }) }],
])('of a whole file: %s', (what, root) => {
  expect(brokenRules(fileOf(sound, root)).map((rule) => rule.what)).toEqual([what])
})

const link = { Subtype: nameOf('Link'), Contents: textString('guide'), StructParent: 1 }
const font = { Type: nameOf('Font'), Subtype: nameOf('Type0'), ToUnicode: refTo(1) }
const file = { Type: nameOf('FontDescriptor'), FontFile2: refTo(1) }
const form = { Subtype: nameOf('Form') }
const words = 'BT /P <</MCID 0>>BDC <0041> Tj EMC ET'

const packed = { ...form, Filter: nameOf('FlateDecode') }

test.each<[string | null, Record<string, PdfValue | undefined>, (string | Buffer)?]>([
  [null, link],
  ['a link has no words', { ...link, Contents: undefined }],
  ['a link has no words', { ...link, Contents: textString('') }],
  ['a link is not tagged', { ...link, StructParent: undefined }],
  [null, font],
  ['the characters of a font are not known', { ...font, ToUnicode: undefined }],
  [null, file],
  ['a font is not embedded', { ...file, FontFile2: undefined }],
  ['text is painted apart, out of reach of its tags', form, words],
  ['text is painted apart, out of reach of its tags', packed, deflateSync(words)],
  [null, { ...form, StructParents: 2 }, words],
  // All of it stands within a mark of the page.
  [null, form, 'BT <0041> Tj ET'],
  [null, form, '/Figure <</MCID 0>>BDC 0 0 9 9 re f EMC'],
])('of an object beside the structure: %s', (what, entries, stream) => {
  const pdf = fileOf(sound)
  addObject(pdf, dictWith(entries), stream === undefined ? undefined : Buffer.from(stream))
  expect(brokenRules(pdf).map((rule) => rule.what)).toEqual(what === null ? [] : [what])
})
