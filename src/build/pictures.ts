import type { PressPage } from '../browser/press.ts'
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { finishPng, sizeOfPng } from '../finish/png.ts'
import { pixelsOf } from '../plan/pictures.ts'
import type { SetDocument } from '../typeset/typesetter.ts'

/**
 * Draws each sheet of the document in a page. What the browser drew is measured: one that it cut or drew in another size
 * is an error.
 */
export async function drawSheets(
  page: PressPage,
  id: string,
  { sheet, pages }: Pick<SetDocument, 'sheet' | 'pages'>,
  dpi: number,
): Promise<{ pictures: readonly Buffer[]; diagnostics: readonly Diagnostic[] }> {
  const asked = pixelsOf(sheet, dpi)
  const pictures: Buffer[] = []
  const diagnostics: Diagnostic[] = []
  for (let index = 0; index < pages; index += 1) {
    const drawn = Buffer.from(await page.picture(index, asked, dpi / 96))
    const size = sizeOfPng(drawn)
    if (size?.width === asked.width && size.height === asked.height) {
      pictures.push(finishPng(drawn, dpi))
      continue
    }
    const found = size ? `${size.width} × ${size.height} pixels` : 'something that is not a picture'
    const what = `The browser drew ${found} instead of ${asked.width} × ${asked.height} for sheet ${index + 1} of ${id}`
    diagnostics.push(diagnose('print/browser-failed', what, { hint: 'Try a smaller --dpi' }))
  }
  return { pictures, diagnostics }
}
