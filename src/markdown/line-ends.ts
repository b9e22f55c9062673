import type { Inline } from './prose.ts'

/** Han, kana, and the punctuation and wide forms that stand with them. Korean has blanks between its words. */
const unspaced =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\u30fb\\u30fc\\uff00-\\uffef]'

/**
 * A line break between such characters is not part of the text. @see CSS Text 3, § 4.1.3, segment break transformation
 * rules
 */
const lineEndsWithout = new RegExp(`(?<=${unspaced})[ \\t]*\\r?\\n[ \\t]*(?=${unspaced})`, 'gu')

const endsUnspaced = new RegExp(`${unspaced}[*_\\]]*$`, 'u')
const beginsUnspaced = new RegExp(`^[*_[]*${unspaced}`, 'u')
const lineEndFirst = new RegExp(`^[ \\t]*\\r?\\n[ \\t]*(?=${unspaced})`, 'u')
const lineEndLast = new RegExp(`(?<=${unspaced})[ \\t]*\\r?\\n[ \\t]*$`, 'u')

/**
 * A text with blanks for its line ends, and nothing for those between scripts that have none. Entities can bring in
 * letters in two parts, and those of two tokens can become one: fonts have whole letters.
 */
export function textInline(value: string): Inline {
  const text = value.replace(lineEndsWithout, '').replace(/[ \t\r\n\f]+/g, ' ')
  return { kind: 'text', text: text.normalize('NFC') }
}

/**
 * A text without the line ends at which it begins or ends beside a mark, as in `**例**` at a line's end.
 *
 * @param before what is written before it, and `after` behind it
 */
export function withoutLineEnds(text: string, before: string, after: string): string {
  const begun = endsUnspaced.test(before) ? text.replace(lineEndFirst, '') : text
  return beginsUnspaced.test(after) ? begun.replace(lineEndLast, '') : begun
}
