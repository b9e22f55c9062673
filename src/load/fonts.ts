import { readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Location } from '../text/source.ts'
import { readFont } from './font-files.ts'
import type { FontFace, FontFamily, FontSet } from './font-set.ts'
import { packageFolder as toolFolder } from './own-files.ts'

interface OwnFonts {
  families: { family: string; faces: (Omit<FontFace, 'family' | 'path'> & { file: string })[] }[]
  widths: FontSet['widths']
}

/** The fonts that ship with the tool: Latin, Greek, Cyrillic, symbols, Arabic, Hebrew, emoji. */
export async function loadOwnFonts(): Promise<FontSet> {
  const folder = join(toolFolder(), 'dist', 'fonts')
  const { families, widths } = JSON.parse(await readFile(join(folder, 'fonts.json'), 'utf8')) as OwnFonts
  return {
    families: families.map(({ family, faces }) => ({
      family,
      faces: faces.map(({ file, ...face }) => ({ ...face, family, path: join(folder, file) })),
    })),
    widths,
  }
}

/**
 * Adds the font packages that press.yaml names, behind Latin and before emoji. Packages are looked for as Node does:
 * in node_modules of the project's folder and of those above it.
 *
 * @returns beside the fonts, the paths by which one can tell whether a package has changed or appeared
 */
export async function addFontPackages(
  own: FontSet,
  project: string,
  named: readonly { name: string; at: Location }[],
): Promise<{ fonts: FontSet; packages: readonly string[]; diagnostics: readonly Diagnostic[] }> {
  if (named.length === 0) return { fonts: own, packages: [], diagnostics: [] }
  const packages = new Set<string>()
  const diagnostics: Diagnostic[] = []
  const added: FontFamily[] = []
  for (const { name, at } of named) {
    const folder = await findPackage(project, name)
    packages.add(join(folder ?? join(project, 'node_modules', ...name.split('/')), 'package.json'))
    const fixed = name.replace(/^@fontsource-variable\//, '@fontsource/')
    if (folder === undefined) {
      diagnostics.push(
        diagnose('load/font-package-missing', `The font package ${name} is not installed`, {
          at,
          hint:
            fixed === name
              ? `Install it beside the ladder: npm install ${name}`
              : `Variable fonts cannot be printed. Install the static ones beside the ladder (npm install ${fixed}) and name them here`,
        }),
      )
      continue
    }
    const family = await readFontsource(folder).catch(() => undefined)
    if (family && family.faces.length > 0) added.push(family)
    else {
      diagnostics.push(
        diagnose('load/font-package-unusable', `${name} has no static fonts of the Fontsource layout`, {
          at,
          hint: `Use a package like ${fixed === name ? '@fontsource/noto-sans-jp' : fixed}`,
        }),
      )
    }
  }
  const [first, ...rest] = own.families
  const families = [...(first ? [first] : []), ...added, ...rest]
  return { fonts: { ...own, families }, packages: [...packages], diagnostics }
}

async function findPackage(project: string, name: string): Promise<string | undefined> {
  for (let folder = project; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', ...name.split('/'))
    const found = await stat(join(candidate, 'package.json')).catch(() => undefined)
    if (found?.isFile() === true) return candidate
    if (folder === dirname(folder)) return undefined
  }
}

interface FontsourceMetadata {
  id: string
  family: string
  weights: number[]
  styles: string[]
}

/** What of a package's weights is used; the others would only make the sheets heavier. */
const wanted = ['400 normal', '600 normal', '700 normal', '400 italic', '700 italic']

/** @see https://fontsource.org/docs/getting-started/install (layout of the packages) */
async function readFontsource(folder: string): Promise<FontFamily> {
  const read = async <T>(file: string) => JSON.parse(await readFile(join(folder, file), 'utf8')) as T
  const { id, family, weights, styles } = await read<FontsourceMetadata>('metadata.json')
  if (!/^[\w-]+$/.test(id) || !/^[\p{L}\p{N} _-]+$/u.test(family)) throw new Error('unexpected metadata')
  const ranges = await read<Record<string, string>>('unicode.json')
  const single = weights.length === 1
  const faces: FontFace[] = []
  for (const [key, unicodeRange] of Object.entries(ranges)) {
    const slice = key.replaceAll(/[[\]]/g, '')
    if (!/^[\w-]+$/.test(slice) || !/^[U+0-9A-Fa-f,\- ]+$/.test(unicodeRange))
      throw new Error('unexpected ranges')
    for (const face of single ? [`${weights[0]} normal`] : wanted) {
      const [weight = '', style = 'normal'] = face.split(' ')
      if (!weights.includes(Number(weight)) || !styles.includes(style)) continue
      faces.push({
        family,
        weight: single ? '1 1000' : weight,
        style: style === 'italic' ? 'italic' : 'normal',
        unicodeRange,
        covers: parseRanges(unicodeRange),
        path: join(folder, 'files', `${id}-${slice}-${weight}-${style}.woff2`),
        packageFolder: folder,
      })
    }
  }
  const [first] = faces
  if (first) await readFont(folder, first.path)
  return { family, faces }
}

function parseRanges(text: string): [number, number][] {
  return text
    .split(',')
    .map((part): [number, number] => {
      const [from = '', to = from] = part.trim().replace(/^U\+/i, '').split('-')
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)]
    })
    .sort((a, b) => a[0] - b[0])
}
