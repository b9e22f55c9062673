import { createHash } from 'node:crypto'

import { addObject, dictWith, nameOf, refTo, setEntries, textString, type EditedPdf } from './write.ts'

/** What a PDF says of itself. */
export interface Metadata {
  readonly title: string
  readonly organisation?: string | undefined
  readonly subject: string
  /** The title of the ladder. */
  readonly ladder: string
  /** Whether the edition was not sealed when it was printed. */
  readonly isDraft: boolean
  readonly keywords: readonly string[]
  /** A language tag. */
  readonly language: string
  readonly edition?: string | undefined
  /** YYYY-MM-DD */
  readonly effective?: string | undefined
  /** The first digits of the hash of what the sheet says. */
  readonly stamp: string
  readonly tool: string
  /** As ISO 8601 in UTC, to the second; none where nothing is known that does not change. */
  readonly date?: string | undefined
}

/** The namespace of what only a ladder's sheet has to say. */
const own = 'urn:ladderpress:sheet'

/**
 * Writes the information dictionary and the XMP packet, which say the same (ISO 14289-1, § 7.1; XMP 1, part 1).
 *
 * @param universal whether the file keeps the rules of PDF/UA-1 and may say so (§ 5)
 */
export function describe(pdf: EditedPdf, metadata: Metadata, universal: boolean): void {
  const { title, organisation, subject, keywords, ladder, isDraft, edition, effective, stamp, tool, date } =
    metadata
  const words = keywords.join(', ')
  const when =
    date === undefined ? undefined : textString(`D:${date.replace(/[-:T]/g, '').replace('Z', '')}+00'00'`)
  const old = pdf.objects.get(pdf.info)
  if (old) old.value = dictWith({})
  setEntries(pdf, pdf.info, {
    Title: textString(title),
    Author: organisation === undefined ? undefined : textString(organisation),
    Subject: textString(subject),
    Keywords: textString(words),
    Creator: textString(tool),
    Producer: textString('Skia/PDF'),
    CreationDate: when,
    ModDate: when,
    Ladder: textString(ladder),
    Edition: edition === undefined ? undefined : textString(edition),
    Effective: effective === undefined ? undefined : textString(effective),
    Status: isDraft ? textString('draft') : undefined,
    Stamp: textString(stamp),
  })
  const packet = xmp(metadata, words, universal)
  const stream = addObject(
    pdf,
    dictWith({ Type: nameOf('Metadata'), Subtype: nameOf('XML'), Length: packet.length }),
    packet,
  )
  setEntries(pdf, pdf.root, { Metadata: refTo(stream) })
}

function xmp(metadata: Metadata, words: string, universal: boolean): Buffer {
  const { title, organisation, subject, language, ladder, isDraft, edition, effective, stamp, tool, date } =
    metadata
  const field = (tag: string, value: string | undefined) =>
    value === undefined ? '' : `<${tag}>${escaped(value)}</${tag}>\n`
  const translated = (tag: string, value: string) =>
    `<${tag}><rdf:Alt><rdf:li xml:lang="x-default">${escaped(value)}</rdf:li></rdf:Alt></${tag}>\n`
  const listed = (tag: string, kind: 'Bag' | 'Seq', value: string | undefined) =>
    value === undefined
      ? ''
      : `<${tag}><rdf:${kind}><rdf:li>${escaped(value)}</rdf:li></rdf:${kind}></${tag}>\n`
  return Buffer.from(
    `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:sheet="${own}">
<dc:format>application/pdf</dc:format>
${translated('dc:title', title)}${listed('dc:creator', 'Seq', organisation)}${translated('dc:description', subject)}${listed('dc:language', 'Bag', language)}${field('pdf:Keywords', words)}${field('pdf:Producer', 'Skia/PDF')}${field('xmp:CreatorTool', tool)}${field('xmp:CreateDate', date)}${field('xmp:ModifyDate', date)}${universal ? field('pdfuaid:part', '1') : ''}${field('sheet:ladder', ladder)}${field('sheet:edition', edition)}${field('sheet:effective', effective)}${field('sheet:status', isDraft ? 'draft' : undefined)}${field('sheet:stamp', stamp)}</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`,
  )
}

function escaped(value: string): string {
  return (
    value
      // What XML 1.0 has no way to write (§ 2.2).
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
  )
}

/** What identifies a file: its own content (ISO 32000-1, § 14.4). */
export function contentId(body: Buffer): Buffer {
  return createHash('sha256').update(body).digest().subarray(0, 16)
}
