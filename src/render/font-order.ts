import type { FontFamily, FontSet } from '../load/font-set.ts'

/** `font-family` of a font stack. */
export function fontStack(fonts: FontSet): string {
  return fonts.families.map(({ family }) => `"${family}"`).join(', ')
}

/**
 * Han characters are drawn differently by region, and a font is of one region, which stands at the end of its name:
 * Noto Sans JP. Languages from the general to the particular; of two that match, the later counts, as in style sheets.
 */
const regions: readonly (readonly [languages: readonly string[], font: RegExp])[] = [
  [['ja'], / JP$/],
  [['ko'], / KR$/],
  [['zh'], / SC$/],
  [['zh-Hant', 'zh-TW'], / TC$/],
  [['zh-HK', 'zh-MO'], / (HK|TC)$/],
]

const isRegional = ({ family }: FontFamily) => regions.some(([, font]) => font.test(family))

/** For each set of fonts, the sets with the families of a region in front of those of others. */
const arranged = new WeakMap<FontSet, Map<RegExp, FontSet>>()

function arrangedFor(fonts: FontSet, font: RegExp): FontSet {
  const known = arranged.get(fonts) ?? new Map<RegExp, FontSet>()
  arranged.set(fonts, known)
  let set = known.get(font)
  if (!set) {
    const regional = fonts.families.filter(isRegional)
    const inOrder = regional.toSorted((a, b) => Number(font.test(b.family)) - Number(font.test(a.family)))
    const isAsBefore = inOrder.every((family, at) => family === regional[at])
    const families = fonts.families.map((family) =>
      isRegional(family) ? (inOrder[regional.indexOf(family)] ?? family) : family,
    )
    set = isAsBefore ? fonts : { ...fonts, families }
    known.set(font, set)
  }
  return set
}

/** The fonts of a passage in the order in which they serve it: where several have Han characters, its region's first. */
export function fontsForPassage(fonts: FontSet, language: string): FontSet {
  const region = regions.findLast(([languages]) =>
    languages.some((known) => language === known || language.startsWith(`${known}-`)),
  )
  return region ? arrangedFor(fonts, region[1]) : fonts
}

/** Style rules that give passages their fonts in that order; none where there is but one. */
export function passageFontRules(fonts: FontSet): string {
  if (fonts.families.filter(isRegional).length < 2) return ''
  return regions
    .map(([languages, font]) => {
      const selector = languages.map((language) => `span[lang]:lang(${language})`).join(',')
      return `${selector}{font-family:${fontStack(arrangedFor(fonts, font))}}`
    })
    .join('\n')
}
