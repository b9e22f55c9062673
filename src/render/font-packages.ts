/** Scripts and the npm package whose fonts have them, in the order in which they are tried. */
const packages: readonly (readonly [script: RegExp, name: string])[] = [
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, '@fontsource/noto-sans-jp'],
  [/\p{Script=Hangul}/u, '@fontsource/noto-sans-kr'],
  [/\p{Script=Bopomofo}/u, '@fontsource/noto-sans-tc'],
  [/\p{Script=Thai}/u, '@fontsource/noto-sans-thai'],
  [/\p{Script=Devanagari}/u, '@fontsource/noto-sans-devanagari'],
  [/\p{Script=Bengali}/u, '@fontsource/noto-sans-bengali'],
  [/\p{Script=Tamil}/u, '@fontsource/noto-sans-tamil'],
  [/\p{Script=Telugu}/u, '@fontsource/noto-sans-telugu'],
  [/\p{Script=Kannada}/u, '@fontsource/noto-sans-kannada'],
  [/\p{Script=Malayalam}/u, '@fontsource/noto-sans-malayalam'],
  [/\p{Script=Gujarati}/u, '@fontsource/noto-sans-gujarati'],
  [/\p{Script=Gurmukhi}/u, '@fontsource/noto-sans-gurmukhi'],
  [/\p{Script=Sinhala}/u, '@fontsource/noto-sans-sinhala'],
  [/\p{Script=Khmer}/u, '@fontsource/noto-sans-khmer'],
  [/\p{Script=Lao}/u, '@fontsource/noto-sans-lao'],
  [/\p{Script=Myanmar}/u, '@fontsource/noto-sans-myanmar'],
  [/\p{Script=Georgian}/u, '@fontsource/noto-sans-georgian'],
  [/\p{Script=Armenian}/u, '@fontsource/noto-sans-armenian'],
  [/\p{Script=Ethiopic}/u, '@fontsource/noto-sans-ethiopic'],
  [/\p{Script=Thaana}/u, '@fontsource/noto-sans-thaana'],
  [/\p{Script=Cherokee}/u, '@fontsource/noto-sans-cherokee'],
  [/\p{Script=Canadian_Aboriginal}/u, '@fontsource/noto-sans-canadian-aboriginal'],
  [/\p{Script=Arabic}/u, '@fontsource/noto-sans-arabic'],
  [/\p{Sm}|[\u{1d400}-\u{1d7ff}]/u, '@fontsource/noto-sans-math'],
  [/\p{So}/u, '@fontsource/noto-sans-symbols-2'],
]

/** Han characters are drawn differently by region, so the ladder's language decides. */
const han: Readonly<Record<string, string>> = {
  ja: '@fontsource/noto-sans-jp',
  ko: '@fontsource/noto-sans-kr',
  'zh-Hant': '@fontsource/noto-sans-tc',
}

/** The npm package of fonts that has a character, if one is known. */
export function fontPackageFor(code: number, locale: string): string | undefined {
  const character = String.fromCodePoint(code)
  const { language, script } = new Intl.Locale(locale).maximize()
  if (/\p{Script=Han}|[\u3000-\u303f\u30fb\u30fc\uff00-\uffef]/u.test(character)) {
    return (
      han[`${language}-${script}`] ??
      han[language] ??
      (language === 'zh' ? '@fontsource/noto-sans-sc' : '@fontsource/noto-sans-jp')
    )
  }
  return packages.find(([pattern]) => pattern.test(character))?.[1]
}
