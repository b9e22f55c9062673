import { expect, test } from 'vitest'

import { itemHtml, proseHtml } from '../../../src/markdown/html.ts'
import { safeHref } from '../../../src/markdown/links.ts'
import { parseMarkdown } from '../../../src/markdown/parse.ts'
import { countWords, plainText } from '../../../src/markdown/prose.ts'
import { splitStatements } from '../../../src/markdown/statements.ts'

const statements = (text: string) =>
  splitStatements(parseMarkdown(text).prose).map((prose) => plainText(prose))

test('one statement per bullet, nested bullets staying with it', () => {
  expect(statements('- One\n- Two:\n  - detail\n  - more\n- Three')).toEqual([
    'One',
    'Two: detail more',
    'Three',
  ])
})

test('text without bullets is one statement, paragraphs and all', () => {
  expect(statements('One sentence.\n\nAnother.')).toEqual(['One sentence. Another.'])
})

test('a paragraph that ends in a colon keeps the list that follows', () => {
  expect(statements('Is able to:\n\n- read\n- write\n\nListens\n\n- to all')).toEqual([
    'Is able to: read write',
    'Listens',
    'to all',
  ])
})

test('writes the subset and nothing else', () => {
  const { prose, problems } = parseMarkdown(
    '**Bold** *italic* `code` [link](https://example.com) &amp; \\<b> line\\\nbreak\n\n1. one\n2. two',
  )
  expect(problems).toEqual([])
  expect(proseHtml(prose)).toBe(
    '<p><strong>Bold</strong> <em>italic</em> <code>code</code> <a href="https://example.com/" rel="noopener noreferrer">link</a> &#38; &#60;b&#62; line<br>break</p><ol><li><span class="run">one</span></li><li><span class="run">two</span></li></ol>',
  )
})

test('reports what it leaves out, and prints the words of what it flattens', () => {
  const { prose, problems } = parseMarkdown(
    '# Head\n\n> quoted\n\n![image](x.png) <i>tag</i>\n\n| a | b |\n|---|---|\n| c | d |',
  )
  expect(problems.map(({ kind }) => kind)).toEqual([
    'unsupported',
    'unsupported',
    'image',
    'html',
    'html',
    'unsupported',
  ])
  expect(plainText(prose)).toBe('Head quoted tag a · b c · d')
})

test('the first paragraph of an item stands in its line', () => {
  expect(itemHtml(parseMarkdown('One\n\nTwo').prose)).toBe('<span class="run">One</span><p>Two</p>')
})

test.each([
  ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
  ['mailto:people@example.com', 'mailto:people@example.com'],
  ['#culture', '#culture'],
  ['HTTPS://EXAMPLE.COM', 'https://example.com/'],
])('%s is linked', (href, safe) => {
  expect(safeHref(href)).toBe(safe)
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'smb://host/share',
  'ms-msdt:/id',
  'https://good.example@evil.example/',
  '//example.com',
  '/etc/passwd',
  '../secret',
  'blob:https://example.com/x',
  'view-source:https://example.com',
  'intent://x#Intent;end',
  '#"onclick="alert(1)',
  'ftp://example.com',
  '',
])('%j is not linked', (href) => {
  expect(safeHref(href)).toBeUndefined()
})

test.each([
  '_a'.repeat(30_000),
  '['.repeat(20_000),
  '>'.repeat(20_000),
  '- '.repeat(5_000),
  '*a**b'.repeat(9_000),
  '1) '.repeat(6_000),
])('text made to be slow or deep is refused (%#)', (text) => {
  expect(parseMarkdown(text).problems.some(({ kind }) => kind === 'too-intricate')).toBe(true)
})

test('counts words as a reader would', () => {
  expect(countWords('Holds regular 1:1s, and on-call duty')).toBe(7)
  expect(countWords('チームの課題を発見し')).toBe(5)
})
