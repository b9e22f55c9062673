import { describe, expect, test } from 'vitest'

import { nameBookmarks, nameLinks } from '../../../src/finish/navigation.ts'
import { isDict, isName, isString, type PdfValue } from '../../../src/finish/syntax.ts'
import {
  addObject,
  dictOf,
  dictWith,
  nameOf,
  refTo,
  textString,
  type EditedPdf,
} from '../../../src/finish/write.ts'

/** A file of nothing but its catalogue. */
function fileWith(catalogue: Record<string, PdfValue> = {}): EditedPdf {
  const pdf: EditedPdf = { objects: new Map(), root: 1, info: 0, last: 0 }
  addObject(pdf, dictWith(catalogue))
  return pdf
}

const without = () => ''

describe('a link', () => {
  const uri = (address: string) => ({ S: nameOf('URI'), URI: textString(address) })

  /** The action that is left of a link, and what it is called. */
  function left(action: Record<string, PdfValue>, isApart = false): [string | null, string] {
    const pdf = fileWith()
    const own = dictWith(action)
    const A = isApart ? refTo(addObject(pdf, own)) : own
    const link = addObject(pdf, dictWith({ Subtype: nameOf('Link'), A }))
    nameLinks(pdf, without)
    const entries = dictOf(pdf, link).dict
    const [kept, words] = [entries.get('A'), entries.get('Contents')]
    return [
      kept === undefined ? null : 'kept',
      words !== undefined && isString(words) ? words.bytes.toString() : '',
    ]
  }

  test.each(['https://good.example', 'HTTP://good.example', 'mailto:good@good.example', '#people'])(
    'to %s stays, and is called so where nothing else says what it is',
    (address) => {
      expect([left(uri(address)), left(uri(address), true)]).toEqual([
        ['kept', address],
        ['kept', address],
      ])
    },
  )

  test('within its file stays', () => {
    expect(left({ S: nameOf('GoTo'), D: textString('people') })[0]).toBe('kept')
  })

  test.each([
    ['a script', { S: nameOf('JavaScript'), JS: textString('app.alert(1)') }],
    ['a program', { S: nameOf('Launch'), F: textString('calc.exe') }],
    ['a file elsewhere', { S: nameOf('GoToR'), F: textString('\\\\server\\share') }],
    ['the sending of a form', { S: nameOf('SubmitForm'), F: textString('https://bad.example') }],
    ['nothing that it names', { URI: textString('https://good.example') }],
    ['an address without one', { S: nameOf('URI') }],
    ...['javascript:alert(1)', 'file:///etc/passwd', 'smb://server', 'data:text/html,x', ' https://x'].map(
      (address) => [address, uri(address)] as const,
    ),
  ] as const)('to %s goes', (_, action) => {
    expect([left(action)[0], left(action, true)[0]]).toEqual([null, null])
  })
})

test('nothing happens when a file is opened, left or clicked at', () => {
  const act = dictWith({ S: nameOf('JavaScript'), JS: textString('app.alert(1)') })
  const pdf = fileWith({ OpenAction: act, AA: act, AcroForm: dictWith({}), Lang: textString('en') })
  const page = addObject(pdf, dictWith({ Type: nameOf('Page'), AA: act }))
  nameLinks(pdf, without)
  expect([...dictOf(pdf, pdf.root).dict.keys()]).toEqual(['Lang'])
  expect([...dictOf(pdf, page).dict.keys()]).toEqual(['Type'])
})

describe('a bookmark', () => {
  /** The title of a bookmark that was printed so, among these headings. */
  function named(printed: string, headings: readonly string[], read = ''): string {
    const pdf = fileWith()
    const element = addObject(pdf, dictWith({ S: nameOf('H1') }))
    const number = addObject(pdf, dictWith({ Title: textString(printed), SE: refTo(element) }))
    nameBookmarks(pdf, () => read, headings)
    const title = dictOf(pdf, number).dict.get('Title')
    if (title === undefined || !isString(title)) throw new Error('it has no title')
    return title.bytes[0] === 0xfe
      ? title.bytes.subarray(2).swap16().toString('utf16le')
      : title.bytes.toString()
  }

  test('has the blanks of its heading', () => {
    expect(named('SeniorEngineer', ['Lead', 'Senior  Engineer'])).toBe('Senior Engineer')
  })

  test('has the words of its heading in their order', () => {
    expect(named('2 level of Map', ['Map of level 2'])).toBe('Map of level 2')
    expect(named('םולש', ['שלום'])).toBe('שלום')
  })

  test('has the words that are read out where two headings may be meant, or none', () => {
    expect(named('CAB', ['AB C', 'BA C'], 'AB  C')).toBe('AB C')
    expect(named('Ahead', ['Foot'], 'A  head')).toBe('A head')
    expect(named('Ahead', ['Foot'])).toBe('Ahead')
  })
})

test('no link and no bookmark is made of what is none', () => {
  const pdf = fileWith()
  const note = addObject(pdf, dictWith({ Subtype: nameOf('Text'), Title: textString('A note') }))
  nameLinks(pdf, without)
  nameBookmarks(pdf, without, [])
  const value = pdf.objects.get(note)?.value
  expect(isDict(value) && [...value.dict].map(([key, own]) => [key, isName(own) ? own.name : ''])).toEqual([
    ['Subtype', 'Text'],
    ['Title', ''],
  ])
})
