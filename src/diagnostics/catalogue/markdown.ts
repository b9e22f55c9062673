import type { Catalogue } from '../entry.ts'

/** Text that is not printed as its author may expect. */
export const markdownCodes = {
  'markdown/image': {
    severity: 'warning',
    title: 'An image in text',
    why: 'Sheets print words; an image would need a file, a size and a description.',
    fix: 'Remove it, or say in words what it shows.',
  },
  'markdown/html': {
    severity: 'warning',
    title: 'HTML in text',
    why: 'Text goes into pages that people open in a browser, so tags in it are left out.',
    fix: 'Use Markdown: **bold**, *italic*, lists. A backslash before < prints it.',
  },
  'markdown/link-address': {
    severity: 'warning',
    title: 'A link that is not made',
    why: 'Only http, https and mailto addresses, and #places, lead anywhere safe from a printed file. Addresses with a user name in front look like somebody else’s.',
    fix: 'Use a full address.',
  },
  'markdown/language': {
    severity: 'warning',
    title: 'A passage in a language that does not exist',
    why: 'Whoever has the sheet read out would hear the words as if they were of the ladder’s language.',
    fix: 'Use a language tag: de, ja, pt-BR. Codes of countries, such as jp, are none.',
    example: { wrong: '[ikigai]{lang=jp}', right: '[ikigai]{lang=ja}' },
  },
  'markdown/not-a-bullet': {
    severity: 'warning',
    title: 'A line that looks like an item of a list, and is none',
    why: 'Only a dash and an ordinary space begin an item. Other signs, which come along when a list is pasted, are text, and all lines become one statement.',
    fix: 'Write a dash and a space in the place of the sign.',
    example: { wrong: '• Reviews code', right: '- Reviews code' },
  },
  'markdown/unsupported': {
    severity: 'warning',
    title: 'Markdown that sheets do not have',
    why: 'Headings, tables, quotations and rules inside a statement would break the order of the sheet; the words are printed as plain text.',
    fix: 'Use paragraphs, lists, **bold**, *italic*, `code` and links.',
  },
  'markdown/too-intricate': {
    severity: 'error',
    title: 'Text with too many marks or too deep nesting',
    why: 'Markdown readers look ahead at each mark, so that thousands of them take minutes.',
    fix: 'Simplify the text.',
  },
} as const satisfies Catalogue
