import { OtherKind, packingOf, readPdf, type PdfFile } from './read.ts'
import { isDict, isName } from './syntax.ts'

/**
 * Opens any PDF. What is of another kind than our own reader knows is put into the plain form by the PDF library, which
 * is loaded only then.
 *
 * @param isOtherKind called before the library is asked
 * @throws PdfSyntaxError where it is truncated or damaged, or even the library cannot read it; EncryptedPdf
 */
export async function openPdf(bytes: Buffer, isOtherKind?: () => void): Promise<PdfFile> {
  try {
    return readPdf(bytes)
  } catch (error) {
    if (!(error instanceof OtherKind)) throw error
    isOtherKind?.()
    return openByLibrary(bytes)
  }
}

/** Opens what the browser printed, so that all that is drawn can be read. @throws as `openPdf` */
export async function openPrint(bytes: Buffer): Promise<PdfFile> {
  const file = await openPdf(bytes)
  return file.numbers.every((number) => isReadable(file, number)) ? file : openByLibrary(bytes)
}

async function openByLibrary(bytes: Buffer): Promise<PdfFile> {
  const { plainPdf } = await import('./library.ts')
  return readPdf(await plainPdf(bytes))
}

/** Images are not looked into, so they may be packed as they like. */
function isReadable(file: PdfFile, number: number): boolean {
  const { value, stream } = file.object(number)
  if (!stream || !isDict(value) || packingOf(file, value) !== 'other') return true
  const subtype = file.get(value, 'Subtype')
  return isName(subtype) && subtype.name === 'Image'
}
