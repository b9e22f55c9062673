// Copies the fonts that ship with the tool into dist/fonts and writes down what each file covers, so that a build
// knows without opening a font which characters it can print.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import { create, openSync } from 'fontkit'
import subsetFont from 'subset-font'

const require = createRequire(import.meta.url)

/** In the order of the font stack; Fontsource cuts each family into slices by script. Emoji have one weight, which serves for all. */
const packages = [
  {
    name: '@fontsource/inter',
    faces: ['400 normal', '400 italic', '600 normal', '700 normal', '700 italic'],
  },
  {
    name: '@fontsource/noto-sans-arabic',
    faces: ['400 normal', '600 normal', '700 normal'],
    subsets: ['arabic'],
  },
  {
    name: '@fontsource/noto-sans-hebrew',
    faces: ['400 normal', '600 normal', '700 normal'],
    subsets: ['hebrew'],
  },
  { name: '@fontsource/noto-emoji', faces: ['400 normal'], anyWeight: true },
]

/** Widths that are needed before a browser is there: of Latin letters, in thousandths of the size. */
const measured = { '400 normal': 'regular', '600 normal': 'semibold', '700 normal': 'bold' }

export async function buildFonts(out) {
  await mkdir(out, { recursive: true })
  const families = []
  const widths = {}
  const licences = []
  for (const { name, faces, subsets, anyWeight } of packages) {
    const folder = dirname(require.resolve(`${name}/metadata.json`))
    const metadata = JSON.parse(await readFile(join(folder, 'metadata.json'), 'utf8'))
    const ranges = JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8'))
    licences.push(`${metadata.family}\n\n${await readFile(join(folder, 'LICENSE'), 'utf8')}`)
    const family = { family: metadata.family, faces: [] }
    for (const [key, unicodeRange] of Object.entries(ranges)) {
      const subset = key.replaceAll(/[[\]]/g, '')
      if (subsets && !subsets.includes(subset)) continue
      for (const face of faces) {
        const [weight, style] = face.split(' ')
        const file = `${metadata.id}-${subset}-${weight}-${style}.woff2`
        const font = openSync(join(folder, 'files', file))
        if (!font.directory.tables.glyf || font.directory.tables.fvar)
          throw new Error(`${file} is no static TrueType font`)
        await copyFile(join(folder, 'files', file), join(out, file))
        family.faces.push({
          file,
          weight: anyWeight ? '1 1000' : weight,
          style,
          unicodeRange,
          covers: intersect(font.characterSet, parseRange(unicodeRange)),
        })
        const role = measured[face]
        if (metadata.id === 'inter' && role && /^latin(-ext)?$/.test(subset)) {
          widths[role] ??= {}
          for (const code of font.characterSet) {
            if (code < 0x20 || (code > 0x24f && !(code >= 0x2010 && code <= 0x2044))) continue
            widths[role][code] = Math.round(
              (font.glyphForCodePoint(code).advanceWidth / font.unitsPerEm) * 1000,
            )
          }
        }
      }
    }
    if (metadata.id === 'inter') family.faces.push(...(await symbolFaces(out, family, faces)))
    families.push(family)
  }
  const latin = await readFile(require.resolve('@fontsource/inter/files/inter-latin-400-normal.woff2'))
  await writeFile(join(out, 'last-resort.ttf'), await subsetFont(latin, ' ', { targetFormat: 'truetype' }))
  await writeFile(join(out, 'fonts.json'), JSON.stringify({ families, widths }))
  await writeFile(join(out, 'LICENSES.txt'), licences.join('\n\n----\n\n'))
}

/**
 * The web slices of Inter leave out arrows, comparison signs, ticks, superscripts, even the non-breaking hyphen. They
 * are cut from the full font into a slice of their own.
 */
async function symbolFaces(out, family, faces) {
  const folder = dirname(require.resolve('inter-ui/package.json'))
  const names = {
    '400 normal': 'Regular',
    '400 italic': 'Italic',
    '600 normal': 'SemiBold',
    '700 normal': 'Bold',
    '700 italic': 'BoldItalic',
  }
  const has = (code) =>
    family.faces.some(({ covers }) => covers.some(([from, to]) => code >= from && code <= to))
  const made = []
  for (const face of faces) {
    const full = await readFile(join(folder, 'web', `Inter-${names[face]}.woff2`))
    const rest = [...new Set(create(full).characterSet)].filter(
      // Combining marks belong to the slice of their letter; private-use characters to nobody.
      (code) => code >= 0x2000 && !has(code) && !/\p{M}|\p{Co}/u.test(String.fromCodePoint(code)),
    )
    const [weight, style] = face.split(' ')
    const slices = {
      signs: rest.filter((code) => oftenUsed.has(code)),
      symbols: rest.filter((code) => !oftenUsed.has(code)),
    }
    for (const [slice, codes] of Object.entries(slices)) {
      const file = `inter-${slice}-${weight}-${style}.woff2`
      const cut = { targetFormat: 'woff2', noLayoutClosure: true }
      await writeFile(join(out, file), await subsetFont(full, String.fromCodePoint(...codes), cut))
      const covers = intersect(codes, [[0, 0x10ffff]])
      const hex = (code) => code.toString(16).toUpperCase().padStart(4, '0')
      const unicodeRange = covers
        .map(([a, b]) => (a === b ? `U+${hex(a)}` : `U+${hex(a)}-${hex(b)}`))
        .join(',')
      made.push({ file, weight, style, unicodeRange, covers })
    }
  }
  return made
}

/** Signs that ladders do have in a slice of their own: hyphens, arrows, minus, comparisons, ticks. */
const oftenUsed = new Set([
  0x2010, 0x2011, 0x2190, 0x2191, 0x2192, 0x2193, 0x2194, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x2713,
])

function parseRange(text) {
  return text.split(',').map((part) => {
    const [from, to = from] = part.trim().replace('U+', '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)]
  })
}

/** Characters that are in the font and that the style sheet will ask it for, as ranges. */
function intersect(characters, ranges) {
  const covers = []
  for (const code of [...new Set(characters)].sort((a, b) => a - b)) {
    if (!ranges.some(([from, to]) => code >= from && code <= to)) continue
    const last = covers.at(-1)
    if (last && last[1] === code - 1) last[1] = code
    else covers.push([code, code])
  }
  return covers
}
