import { describe, expect, test } from 'vitest'

import { inlinesHtml, itemHtml, proseHtml, textOfHtml } from '../../../src/markdown/html.ts'
import {
  beginningOf,
  inlinesOfLine,
  inLanguage,
  joined,
  languageOf,
  lineOf,
  lineText,
} from '../../../src/markdown/line.ts'
import { safeHref } from '../../../src/markdown/links.ts'
import { parseMarkdown } from '../../../src/markdown/parse.ts'
import { parseLine } from '../../../src/markdown/passages.ts'
import { piecesOf } from '../../../src/markdown/pieces.ts'
import { countWords, inlinesOf, plainText } from '../../../src/markdown/prose.ts'
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

test.each([
  ['設計を導く。\n例：監視', '設計を導く。例：監視'],
  ['**設計**を\n  **導く**\n人', '設計を導く人'],
  ['開発\n[連絡先](https://example.com)', '開発連絡先'],
  ['設計を導く\nAPI と', '設計を導く API と'],
  ['設計を導く\n**API** と', '設計を導く API と'],
  ['**API**\n設計を導く', 'API 設計を導く'],
  ['설계를\n이끈다', '설계를 이끈다'],
  ['導く。 例：監視', '導く。 例：監視'],
])('a line end in %j is a blank only where its script has blanks', (text, plain) => {
  expect(statements(text)).toEqual([plain])
})

test('what consists of characters that cannot be seen is no statement', () => {
  expect(statements('- One\n- \u200b\n- **&#8203;**')).toEqual(['One'])
  expect(statements('\u2060\u200d')).toEqual([])
  expect(statements('\u200b\n\nOne')).toHaveLength(1)
})

test('what only looks like a bullet is reported where it begins a line, and a dash where it begins the text', () => {
  const bullets = (text: string) => parseMarkdown(text).problems
  expect(bullets('One\n  • two')).toEqual([{ kind: 'bullet', raw: '• two', what: '“•”' }])
  expect(bullets('– one')).toEqual([{ kind: 'bullet', raw: '– one', what: '“–”' }])
  expect(bullets('Leads the team\n– and others')).toEqual([])
})

test('links are found in lists and within other marks', () => {
  const { prose } = parseMarkdown('Has\n\n- one **or [two](https://example.com/)**')
  const links = [...inlinesOf(prose)].flatMap((inline) => (inline.kind === 'link' ? [inline.href] : []))
  expect(links).toEqual(['https://example.com/'])
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
    '<p><strong>Bold</strong> <em>italic</em> <code>code</code> <a href="https://example.com/" rel="noopener noreferrer">link</a> &#38; &#60;b&#62; line<br>break</p><ol class="items"><li><span class="run">one</span></li><li><span class="run">two</span></li></ol>',
  )
})

test.each([
  ['Is on-call, day-to-day', 'Is [on-call], [day-to-day]'],
  ['Well-being (e-mail/re-use) c’est-à-dire', '[Well-being] ([e-mail]/[re-use]) c’[est-à-dire]'],
  ['decision-making, 5-10, -5, on- and off-', 'decision-making, [5-10], -5, on- and off-'],
  ['a - b, a--b', 'a - b, a--b'],
  ['重要性や不確実性への対処', '重要性や[不確]実性への対処'],
  ['无论不确定性', '无论不确定性'],
])('what no line should end within is kept whole: %s', (text, expected) => {
  const html = inlinesHtml([{ kind: 'text', text }])
  expect(html.replaceAll(/<span class="whole">(.*?)<\/span>/g, '[$1]')).toBe(expected)
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

test('a list goes on counting where it is numbered', () => {
  const html = (text: string) =>
    proseHtml(
      piecesOf(parseMarkdown(text).prose, 'en')
        .map(({ block }) => block)
        .slice(1),
    )
  expect(html('3. a\n4. b')).toBe('<ol class="items" start="4"><li><span class="run">b</span></li></ol>')
  expect(html('- a\n- b')).toBe('<ul class="items"><li><span class="run">b</span></li></ul>')
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

test('marks with wide blanks between them are read, however few they are', () => {
  const wide = ' '.repeat(6)
  expect(statements(`a\n\n${`1)${wide}`.repeat(6)}${`-${wide}`.repeat(6)}x`)).toHaveLength(2)
})

test('counts words as a reader would', () => {
  expect(countWords('Holds regular 1:1s, and on-call duty')).toBe(7)
  expect(countWords('チームの課題を発見し')).toBe(5)
})

describe('a passage in another language', () => {
  const html = (text: string) => proseHtml(parseMarkdown(text).prose)
  const lineHtml = (text: string) => inlinesHtml(inlinesOfLine(parseLine(text, () => {})))

  test.each([
    ['Has [Takt]{lang=de}.', '<p>Has <span lang="de">Takt</span>.</p>'],
    [
      '[*Mut* zur **Lücke**]{lang=de}',
      '<p><span lang="de"><em>Mut</em> zur <strong>Lücke</strong></span></p>',
    ],
    ['*so [genannt]{lang=de}*', '<p><em>so <span lang="de">genannt</span></em></p>'],
    ['[a [b]{lang=fr} c]{lang="de"}', '<p><span lang="de">a <span lang="fr">b</span> c</span></p>'],
    ['[שלום]{lang=he}', '<p><span lang="he" dir="rtl">שלום</span></p>'],
    ["[x]{ lang = 'DE-at' }", '<p><span lang="de-AT">x</span></p>'],
    ['[a \\] b]{lang=de}', '<p><span lang="de">a ] b</span></p>'],
    [
      '[[hier](https://example.com)]{lang=de}',
      '<p><span lang="de"><a href="https://example.com/" rel="noopener noreferrer">hier</a></span></p>',
    ],
    [
      '- [eins]{lang=de}',
      '<ul class="items"><li><span class="run"><span lang="de">eins</span></span></li></ul>',
    ],
  ])('%s', (text, expected) => {
    expect(html(text)).toBe(expected)
    expect(parseMarkdown(text).problems).toEqual([])
  })

  test.each(['[a]', '[a]{b}', '[a]{.b lang=de}', '[a] {lang=de}', '\\[a]{lang=de}', '`[a]{lang=de}`'])(
    '%s is none',
    (text) => {
      expect(html(text)).not.toContain('<span')
    },
  )

  test.each(['jp', 'german', 'de_DE', 'de FR', '', 'x-own', '"><img src=x:'])(
    'in “%s” is reported, and its words stay',
    (tag) => {
      const { prose, problems } = parseMarkdown(`Has [*Takt*]{lang=${tag}}.`)
      expect(problems).toEqual([{ kind: 'language', raw: `{lang=${tag}}`, what: tag }])
      expect(proseHtml(prose)).toBe('<p>Has <em>Takt</em>.</p>')
    },
  )

  test('in a line is read among text that is plain', () => {
    expect(lineHtml('*Not* Markdown [but [this]{lang=de}')).toBe(
      '*Not* Markdown [but <span lang="de">this</span>',
    )
    expect(parseLine('[a] {b} [c]{d}', () => {})).toBe('[a] {b} [c]{d}')
    expect(parseLine('a [ ]{lang=de}b', () => {})).toBe('a b')
    const misread: string[] = []
    expect(parseLine('[a]{lang=jp} b', ({ attribute }) => misread.push(attribute))).toBe('a b')
    expect(misread).toEqual(['{lang=jp}'])
  })

  test.each([
    '['.repeat(900) + 'a' + ']{lang=de}'.repeat(900),
    '[a]{lang=de} '.repeat(900),
    `${'['.repeat(1_900)}${' '.repeat(18_000)}]{`,
  ])('costs no more than other text, whatever its brackets (%#)', (text) => {
    expect(plainText(parseMarkdown(text).prose)).toContain(text.includes('a') ? 'a' : '[')
  })
})

describe('lines', () => {
  const german = inLanguage('de', 'Takt')

  test('are strings as long as all their parts are', () => {
    expect(joined(['a', 'b'], ' · ')).toBe('a · b')
    expect(lineText(joined(['a', german], ' · '))).toBe('a · Takt')
  })

  test('are cut without losing the language of what is left', () => {
    const [block] = parseMarkdown('Has *much [feine **Art**]{lang=de}* in\\\nit').prose
    const line = lineOf(block?.kind === 'paragraph' ? block.inlines : [])
    const html = (length: number) => inlinesHtml(inlinesOfLine(beginningOf(line, length)))
    expect(html(99)).toBe('Has much <span lang="de">feine Art</span> in it')
    expect(html(14)).toBe('Has much <span lang="de">feine</span>')
    expect(html(8)).toBe('Has much')
    expect(beginningOf('Has much', 3)).toBe('Has')
    expect(lineOf([{ kind: 'strong', children: [{ kind: 'text', text: 'a' }] }])).toBe('a')
  })

  test('are in a language where all their words are', () => {
    expect(languageOf(joined([german, ' ', german, '.']))).toBe('de')
    expect(languageOf(joined(['Has ', german]))).toBeNull()
    expect(languageOf(joined([german, inLanguage('fr', 'élan')]))).toBeNull()
    expect(languageOf('Takt')).toBeNull()
    expect(inLanguage('en', german)).toBe(german)
    // What is in another language stays in it, and what is in the same needs no mark of its own.
    const html = inlinesHtml(
      inlinesOfLine(inLanguage('de', joined([german, ' mit ', inLanguage('fr', 'élan')]))),
    )
    expect(html).toBe('<span lang="de">Takt mit <span lang="fr">élan</span></span>')
  })
})

test('plain words and plain lists come to the same by the short way as by the reader', () => {
  const pieces = [
    'a',
    'Größe',
    '名前',
    ' ',
    '3',
    '1.',
    '2)',
    '-',
    '+',
    '#',
    'C#',
    '=',
    '---',
    '|',
    '!',
    '(x)',
    '…',
    '“',
    '{',
    '^',
  ]
  const lines = [
    '\n',
    '\n\n',
    '\n- ',
    '- ',
    '\n- word',
    '- word',
    '\n  more',
    '\n1. ',
    'mailto:x',
    'http',
    'www',
    '\u00a0',
    '\f',
    '1234567890.',
  ]
  // A definition that nothing refers to is nothing; that it has brackets sends a text to the reader.
  const byReader = (text: string) => parseMarkdown(`${text}\n\n[nothing]: https://example.org`)
  let state = 7
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  const all = [...pieces, ...lines]
  const texts = Array.from({ length: 5_000 }, () =>
    Array.from({ length: 1 + next(6) }, () => all[next(all.length)]).join(''),
  )
  for (const text of texts) expect(parseMarkdown(text), JSON.stringify(text)).toEqual(byReader(text))
})

test('letters that entities put together are whole', () => {
  const said = (text: string) => plainText(parseMarkdown(text).prose)
  expect(said('cha&#x302;teau e&#x301;')).toBe('ch\u00e2teau \u00e9')
  expect(said('\\&a&#x302;')).toBe('&\u00e2')
})

test('the text of HTML has the characters of its entities, and U+FFFD for one that there cannot be', () => {
  expect(textOfHtml('<h1>R&amp;D &#60;<em>3</em>&#x3e; &#x110000; &#99999999999;</h1>')).toBe(
    'R&D <3> \ufffd \ufffd',
  )
  expect(textOfHtml('&lt;&gt;&quot;a&nbsp;b')).toBe('<>"a\u00a0b')
  expect(textOfHtml('&constructor; &nosuch;')).toBe('&constructor; &nosuch;')
})
