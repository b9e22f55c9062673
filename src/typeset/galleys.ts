import type { Boxes } from '../fit/boxes.ts'
import type { Markup } from '../render/document.ts'
import { hashOf } from '../text/hash.ts'
import type { Measurer } from './typesetter.ts'

/** At most this many galleys stand in the page at once: for a thousand levels, the browser would keep a gigabyte. */
const mostGalleys = 100

/**
 * Measures galleys of many documents, some at a time where there are many; of those that were measured before, takes the
 * boxes as they were.
 *
 * @param id what the page is called meanwhile
 * @param idOf what the keys of a galley's boxes begin with, up to `|`
 * @returns measures all: `variant` names what is shown, and is laid out anew only where it changes; `draw` renders some
 *   of them; attributes of the root are set before measuring
 */
export function galleysIn<Content extends object>(
  page: Measurer,
  id: string,
  contents: readonly Content[],
  idOf: (content: Content) => string,
): (
  variant: string,
  draw: (some: readonly Content[]) => Markup,
  attributes: Readonly<Record<string, string>>,
) => Promise<Boxes> {
  const { measured } = page
  const said = new Map(measured && contents.map((content) => [content, hashOf(content)]))
  let shown: string | undefined
  return async (variant, draw, attributes) => {
    const keyOf = (content: Content) => JSON.stringify([variant, attributes, said.get(content)])
    const boxes: Record<string, Boxes[string]> = {}
    const missing = contents.filter((content) => {
      const known = measured?.now.get(keyOf(content)) ?? measured?.before.get(keyOf(content))
      if (!known) return true
      measured?.now.set(keyOf(content), known)
      Object.assign(boxes, known)
      return false
    })
    for (let from = 0; from < missing.length; from += mostGalleys) {
      const batch = missing.slice(from, from + mostGalleys)
      const what = [variant, ...batch.map(idOf)].join()
      if (shown !== what) await page.show(id, draw(batch))
      shown = what
      const found = await page.measure(attributes)
      Object.assign(boxes, found)
      if (!measured) continue
      const parts = partsOf(found)
      for (const content of batch) measured.now.set(keyOf(content), parts.get(idOf(content)) ?? {})
    }
    return boxes
  }
}

/** The boxes of each galley: their keys begin with its id. */
function partsOf(boxes: Boxes): ReadonlyMap<string, Boxes> {
  const parts = new Map<string, Record<string, Boxes[string]>>()
  for (const [key, box] of Object.entries(boxes)) {
    const id = key.slice(0, key.indexOf('|'))
    const part = parts.get(id) ?? {}
    part[key] = box
    parts.set(id, part)
  }
  return parts
}
