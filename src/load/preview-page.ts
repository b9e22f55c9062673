import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { packageFolder } from './own-files.ts'

/** The faces of Inter that the page is set in. */
const faces = ['400-normal', '600-normal', '700-normal'].flatMap((face) =>
  ['latin', 'latin-ext'].map((script) => `inter-${script}-${face}.woff2`),
)

/** The page of a preview with its styles, scripts and fonts, by name. */
export async function loadPreviewPage(): Promise<ReadonlyMap<string, Buffer>> {
  const dist = join(packageFolder(), 'dist')
  const names = await readdir(join(dist, 'preview'))
  const paths = [
    ...names.map((name) => [name, join(dist, 'preview', name)] as const),
    ...faces.map((name) => [name, join(dist, 'fonts', name)] as const),
  ]
  return new Map(await Promise.all(paths.map(async ([name, path]) => [name, await readFile(path)] as const)))
}
