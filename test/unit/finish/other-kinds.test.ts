import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { deflateSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { lookAtPdf } from '../../../src/finish/about.ts'
import { checkPdf, checkSheets } from '../../../src/finish/check.ts'
import type { Expected } from '../../../src/finish/expected.ts'
import { finishPdf, type Finishing } from '../../../src/finish/finish.ts'
import { openPrint } from '../../../src/finish/open.ts'
import { EncryptedPdf, readPdf } from '../../../src/finish/read.ts'
import { PdfSyntaxError } from '../../../src/finish/syntax.ts'
import { contentsOf } from '../../../src/finish/text.ts'
import { withPage } from '../../support/browser.ts'
import { ladderpress } from '../../support/cli.ts'
import { smallLadder, write } from '../../support/files.ts'
import {
  appended,
  hybrid,
  inObjectStreams,
  inParts,
  laidOutForTheWeb,
  onOneLine,
  packedOtherwise,
  withManyObjects,
} from '../../support/other-kinds.ts'
import { aboutPdf, contentOf, pdf, structureOf } from '../../support/pdf.ts'

const finishing: Finishing = {
  metadata: {
    title: 'Engineers · Small ladder · 2026.10',
    subject: 'Small ladder 2026.10',
    ladder: 'Small ladder',
    isDraft: false,
    keywords: ['matrix'],
    language: 'en',
    edition: '2026.10',
    stamp: '0123abcd',
    tool: 'Ladderpress 0.0.0',
  },
  width: 420,
  height: 297,
  black: false,
  headings: [],
  duplex: 'Simplex',
}

const expected: Expected = {
  sheets: [{ width: 420, height: 297 }],
  families: ['Inter'],
  texts: ['Builds things', 'Builds larger things', 'Teaches others'].map((text) => ({ ref: text, text })),
  direction: 'ltr',
  blanks: [],
}

let folder: string
let print: Buffer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  // Two characters that share a glyph, so that fonts' tables are corrected as well.
  await write(folder, { 'ladder.yaml': smallLadder.replace('Helps others', 'Helps others’ teams') })
  const { code, stderr } = await ladderpress(
    ['build', '--only', 'matrix', '--track', 'ic', '--format', 'html', '--paper', 'A3'],
    { cwd: folder },
  )
  expect(code, stderr).toBe(0)
  print = await withPage(async (page) => {
    await page.goto(pathToFileURL(join(folder, 'out', 'matrix', 'ic.html')).href, { waitUntil: 'load' })
    await page.evaluate(() => document.fonts.ready)
    const session = await page.createCDPSession()
    const { data } = await session.send('Page.printToPDF', {
      preferCSSPageSize: true,
      printBackground: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    })
    return Buffer.from(data, 'base64')
  })
})

afterAll(() => rm(folder, { recursive: true, force: true }))

async function finished(bytes: Buffer): Promise<Buffer> {
  const file = await openPrint(bytes)
  const { pdf: done, broken } = finishPdf(file, finishing)
  expect(broken).toEqual([])
  expect([...checkSheets(file, expected), ...checkPdf(done, expected)]).toEqual([])
  return done
}

/** What somebody notices of a PDF, by whatever program. */
async function noticed(bytes: Buffer) {
  const path = join(folder, 'noticed.pdf')
  await writeFile(path, bytes)
  const { info, xmp, bookmarks } = await aboutPdf(path)
  const drawn = (await contentOf(path)).map((content) =>
    content.split(/([<>[\]/]+|\s+)/).filter((part) => part.trim()),
  )
  return { ...(await pdf(path)), structure: await structureOf(path), info, xmp, bookmarks, drawn }
}

describe('a print that is written', () => {
  test.each([
    ['with object streams', inObjectStreams],
    ['with object streams twice', async (bytes: Buffer) => inObjectStreams(await inObjectStreams(bytes))],
    ['in a part that was appended', appended],
    ['with an object stream beside a plain table', hybrid],
    ['for the web', laidOutForTheWeb],
    ['with streams that are packed otherwise', packedOtherwise],
    ['with its content on one line', onOneLine],
    ['with its content in parts', inParts],
    ['with very many objects', (bytes: Buffer) => withManyObjects(inParts(bytes))],
    [
      'in all of these ways',
      async (bytes: Buffer) => inObjectStreams(packedOtherwise(inParts(onOneLine(bytes)))),
    ],
  ])('%s is finished like any other', async (_, rewritten) => {
    const other = await rewritten(print)
    const first = await finished(other)
    expect(first.equals(await finished(other))).toBe(true)
    const [seen, direct] = [await noticed(first), await noticed(await finished(print))]
    expect(seen).toEqual(direct)
    expect(seen.xmp).toContain('<pdfuaid:part>1</pdfuaid:part>')
    expect(seen.bookmarks.map(({ title }) => title)).toEqual(['Engineers'])
    expect(seen.sizes).toEqual([[1190.551, 841.89]])
    const cells = seen.structure.filter(({ type }) => type === 'TD').map(({ text }) => text)
    expect(cells.filter((text) => text.includes('Builds larger things'))).toHaveLength(1)
    // Nothing is left of what was before a change, nor of tables and packings.
    expect(first.toString('latin1')).not.toMatch(/ObjStm|XRef|\/AA\b|Linearized|ASCIIHex|Predictor/)
  })

  test.each([
    ['with object streams', inObjectStreams],
    ['in a part that was appended', appended],
    ['with an object stream beside a plain table', hybrid],
    ['for the web', laidOutForTheWeb],
  ])('%s becomes the very bytes that it would have become', async (_, rewritten) => {
    expect((await finished(await rewritten(print))).equals(await finished(print))).toBe(true)
  })

  test('plainly is read without the library, all others by it', async () => {
    const spans = contentsOf(readPdf(print)).flatMap(({ lines }) =>
      lines.filter((line) => line.startsWith('/Span')),
    )
    expect(spans).not.toEqual([])
    for (const rewritten of [
      await inObjectStreams(print),
      appended(print),
      hybrid(print),
      laidOutForTheWeb(print),
    ])
      expect(() => readPdf(rewritten)).toThrow(/packed|sections/)
  })
})

/** A file with a packed table of objects, and with these bytes before it. */
function packed(before: Buffer | string, more = ''): Buffer {
  const head = Buffer.concat([Buffer.from('%PDF-1.5\n'), Buffer.from(before), Buffer.from('\n')])
  const table = `9 0 obj\n<</Type/XRef/Size 10/W[1 2 1]/Root 1 0 R/Length 0${more}>>\nstream\n\nendstream\nendobj\n`
  return Buffer.concat([head, Buffer.from(`${table}startxref\n${head.length}\n%%EOF\n`)])
}

function objectStream(filters: string, bytes: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(
      `1 0 obj\n<</Type/Catalog>>\nendobj\n3 0 obj\n<</Type/ObjStm/N 1/First 4/Filter${filters}/Length ${bytes.length}>>\nstream\n`,
    ),
    bytes,
    Buffer.from('\nendstream\nendobj'),
  ])
}

describe('a file that no reader should open', () => {
  const bomb = deflateSync(Buffer.alloc(40 * 1024 * 1024, ' '))
  const runs = Buffer.from('8100'.repeat(300_000), 'hex')

  test.each([
    ['that is encrypted', 'it is encrypted', () => packed('', '/Encrypt 4 0 R')],
    [
      'that was encrypted before something was appended',
      'it is encrypted',
      () => packed('8 0 obj\n<</Type/XRef/Encrypt 4 0 R/Length 0>>\nstream\n\nendstream\nendobj'),
    ],
    ['that unpacks to very much', 'more than any sheet', () => packed(objectStream('/FlateDecode', bomb))],
    [
      'that unpacks twice to very much',
      'more than any sheet',
      () => packed(objectStream('[/FlateDecode/FlateDecode]', deflateSync(bomb))),
    ],
    [
      'that names its packing in a roundabout way',
      'more than any sheet',
      () => packed(objectStream('/Fl#61teDecode', bomb)),
    ],
    [
      'that unpacks to very much by runs',
      'more than any sheet',
      () => packed(objectStream('/RunLengthDecode', runs)),
    ],
    [
      'that is packed as nobody knows',
      'in a way that is not known',
      () => packed(objectStream('/Foo', bomb)),
    ],
    ['that is larger than any sheet', 'larger than any sheet', () => packed(Buffer.alloc(33 * 1024 * 1024))],
    [
      'whose objects are nested for ever',
      'cannot be read',
      () => packed(`1 0 obj\n${'['.repeat(1_000_000)}`),
    ],
    ['that is mostly rubbish', 'cannot be read', () => packed('x'.repeat(1_000_000))],
    ['whose table has no end', 'page tree', () => packed('', '/Index[0 1000000000000]')],
    [
      'with an object of a huge number',
      'table of offsets',
      () => packed('1 0 obj\n<</Type/Catalog/Pages 9999999999 0 R>>\nendobj\n9999999999 0 obj\n<<>>\nendobj'),
    ],
    ['that is cut short', 'does not end', () => packed('').subarray(0, -9)],
  ])('%s is refused with the reason', async (_, reason, file) => {
    const bytes = file()
    const opening = openPrint(bytes).then((opened) => finishPdf(opened, finishing))
    await expect(opening).rejects.toThrow(reason)
    await expect(opening).rejects.toBeInstanceOf(reason === 'it is encrypted' ? EncryptedPdf : PdfSyntaxError)
    expect(['not-ours', 'damaged']).toContain((await lookAtPdf(bytes)).kind)
  })
})
