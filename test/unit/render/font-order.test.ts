import { expect, test } from 'vitest'

import type { FontFace, FontSet } from '../../../src/load/font-set.ts'
import { charactersOf } from '../../../src/render/characters.ts'
import { fontStack, passageFontRules } from '../../../src/render/font-order.ts'
import { fontPackageFor } from '../../../src/render/font-packages.ts'
import { facesFor } from '../../../src/render/fonts.ts'

const face = (family: string, from: number, to: number): FontFace => ({
  family,
  weight: '1 1000',
  style: 'normal',
  unicodeRange: '',
  covers: [[from, to]],
  path: family,
})
const set = (...families: FontFace[]): FontSet => ({
  families: families.map((each) => ({ family: each.family, faces: [each] })),
  widths: { regular: {}, semibold: {}, bold: {} },
})
const inter = face('Inter', 0x20, 0x7e)
const japanese = face('Noto Sans JP', 0x3000, 0x9fff)
const chinese = face('Noto Sans SC', 0x3000, 0x9fff)
const fonts = set(inter, japanese, chinese)

const passage = (language: string, text: string) => [
  { kind: 'passage', language, children: [{ kind: 'text', text }] },
]
const families = (view: object, of = fonts) =>
  facesFor(of, charactersOf(view)).faces.map(({ family }) => family)

test('a passage takes the fonts of its region, all other text those that come first', () => {
  expect(families({ title: '直' })).toEqual(['Noto Sans JP'])
  expect(families({ title: passage('zh', '直') })).toEqual(['Noto Sans SC'])
  expect(families({ title: passage('zh-CN', '直'), summary: '直' })).toEqual(['Noto Sans JP', 'Noto Sans SC'])
  expect(families({ title: passage('ja', '直') }, set(inter, chinese, japanese))).toEqual(['Noto Sans JP'])
  expect(families({ text: [{ kind: 'paragraph', inlines: passage('zh', '直') }] })).toEqual(['Noto Sans SC'])
  expect(families({ title: passage('zh', '直') }, set(inter, japanese))).toEqual(['Noto Sans JP'])
})

test('style sheets give them in that order, where there is more than one', () => {
  expect(passageFontRules(fonts)).toContain(
    'span[lang]:lang(zh){font-family:"Inter", "Noto Sans SC", "Noto Sans JP"}',
  )
  expect(passageFontRules(set(inter, japanese))).toBe('')
  expect(fontStack(fonts)).toBe('"Inter", "Noto Sans JP", "Noto Sans SC"')
})

test('a character that no font has is looked for in the fonts of its passage’s language', () => {
  const { missing } = facesFor(set(inter), charactersOf({ title: 'a直', summary: passage('zh', '骨') }))
  expect(missing).toEqual([
    { code: 0x76f4, language: null },
    { code: 0x9aa8, language: 'zh' },
  ])
  expect(fontPackageFor(0x9aa8, 'zh')).toBe('@fontsource/noto-sans-sc')
})
