// What veraPDF, the reference validator, says of PDFs of every kind. It needs a JDK of 11 or later and a package of 24 MB,
// so it is no part of `npm test`: `npm run pdf-ua`.
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { withPage } from '../support/browser.ts'
import { ladderpress, root, run } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'
import { hostileLadder } from '../support/hostile-ladder.ts'
import { manyLanguages, rightToLeft } from '../support/languages-ladder.ts'
import { payloads } from '../support/payloads.ts'
import { changeSomething, numbersFrom, randomProject, yamlOf } from '../support/random-ladder.ts'

const here = import.meta.dirname

let folder: string

const jar = join(here, 'node_modules/@opendataloader/pdf/lib/opendataloader-pdf-cli.jar')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  if (!existsSync(jar)) {
    const install = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
    const { code, stderr } = await run('npm', install, { cwd: here })
    expect(code, stderr).toBe(0)
  }
  const { code, stderr } = await run('javac', ['-cp', jar, '-d', folder, join(here, 'Validate.java')])
  expect(code, stderr).toBe(0)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/** Which rules each file breaks, in veraPDF's words. */
async function brokenRules(files: readonly string[]): Promise<Map<string, string[]>> {
  const { code, stdout, stderr } = await run('java', ['-cp', `${jar}${delimiter}${folder}`, 'Validate'], {
    input: files.join('\n'),
  })
  expect(code, stderr).toBe(0)
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
  expect(lines).toHaveLength(files.length)
  for (const [word, , ...rules] of lines) expect(word).toBe(rules.length === 0 ? 'passed' : 'failed')
  return new Map(lines.map(([, file = '', ...rules]) => [file, rules]))
}

/** Builds a ladder, and asks of all its PDFs. @returns the broken rules of each that breaks some, by its path */
async function broken(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<Record<string, string[]>> {
  const cwd = await mkdtemp(join(folder, 'build-'))
  const out = join(cwd, 'out')
  await write(cwd, files)
  const ladder = files['ladder.yaml'] === undefined ? join(root, 'data', 'ladder.yaml') : 'ladder.yaml'
  const built = await ladderpress(['build', ladder, '--out', out, '--quiet', ...args], { cwd })
  expect(built.code, built.stderr).toBe(0)
  const pdfs = Object.keys(await hashes(out)).filter((path) => path.endsWith('.pdf'))
  expect(pdfs.length).toBeGreaterThan(0)
  const rules = await brokenRules(pdfs.map((path) => join(out, path)))
  return Object.fromEntries(
    pdfs.flatMap((path) => {
      const own = rules.get(join(out, path)) ?? ['not looked at']
      return own.length === 0 ? [] : [[path, own]]
    }),
  )
}

const additive = smallLadder.replace('tracks:', 'style: additive\ntracks:')

/** Much text: side-heads above, columns, further sheets with their heads again. */
const long = [
  'title: Ladder',
  'style: restated',
  'tracks:',
  '  - id: ic',
  '    name: Engineers',
  '    dimensions:',
  '      - { group: Craft, dimensions: [{ id: code, name: Code }, { id: tests, name: Tests }] }',
  '      - { id: delivery, name: Delivery }',
  '    levels:',
  ...['Engineer', 'Senior Engineer', 'Lead Engineer', 'Principal Engineer'].flatMap((title, index) => [
    `      - id: ${title.toLowerCase().replace(' ', '-')}`,
    `        title: ${title}`,
    '        expectations:',
    ...['code', 'tests', 'delivery'].flatMap((dimension) => [
      `          ${dimension}: |`,
      ...Array.from(
        { length: 7 * (index + 1) },
        (_, n) =>
          `            - In ${dimension} does part ${n + 1} of *what was asked*, and says what is in the way`,
      ),
    ]),
  ]),
].join('\n')

const sentences = Array.from(
  { length: 120 },
  (_, n) => `Sentence ${n} says what is built here, for whom, and why it is worth it.`,
).join(' ')
const items = Array.from({ length: 30 }, (_, n) => `${n + 1}. Item ${n}${' and more of it'.repeat(20)}`)

/** Sheets that end within a statement, and within the list of an introduction. */
const divided = [
  'title: Ladder',
  'tracks:',
  '  - id: ic',
  '    name: Engineers',
  '    dimensions: [{ id: code, name: Code }]',
  '    levels:',
  ...['engineer', 'lead'].flatMap((id) => [
    `      - id: ${id}`,
    `        title: ${id}`,
    `        intro: "This is the way:\\n\\n${items.join('\\n')}"`,
    '        expectations:',
    '          code:',
    `            - { text: "${id}: ${sentences}", optional: true, examples: [A bridge, A tower] }`,
    `            - "Opens\\n\\n${id} ${sentences}\\n\\n- First\\n- Second"`,
  ]),
].join('\n')

const random = [1, 2, 3, 4].map((seed) => {
  const numbers = numbersFrom(seed)
  const project = randomProject(numbers)
  for (let change = 0; change < 12; change += 1) changeSomething(project, numbers)
  return yamlOf(project)
})

const texts = payloads.map(({ text }) => text)

test('it finds what a browser’s own print lacks', async () => {
  const [page, print] = [join(folder, 'page.html'), join(folder, 'print.pdf')]
  await write(folder, {
    'page.html': '<!doctype html><title>A page</title><ul><li><a href="https://example.com">A link</a></ul>',
  })
  await withPage(async (opened) => {
    await opened.goto(pathToFileURL(page).href)
    await opened.pdf({ path: print, tagged: true })
  })
  const rules = (await brokenRules([print])).get(print)?.map((rule) => rule.split(' ')[0])
  expect(rules).toEqual(expect.arrayContaining(['7.1-8', '7.18.5-2', '7.2-20']))
})

describe('no rule of PDF/UA-1 is broken', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['in the bundled ladder', {}, []],
    ['on other papers, in black', {}, ['--paper', 'one-pager=A4,Letter', '--ink', 'black']],
    ['in large print', {}, ['--only', 'one-pager', '--large-print']],
    [
      'with its source and room for notes',
      {},
      ['--only', 'stack,matrix,next-step', '--notes', '--embed-source'],
    ],
    ['by the wall', {}, ['--pack', 'wall']],
    ['between any two levels', {}, ['--only', 'next-step', '--compare', 'engineer,director']],
    ['by roll-up', { 'ladder.yaml': additive }, ['--roll-up']],
    ['in much text', { 'ladder.yaml': long }, []],
    ['in divided statements', { 'ladder.yaml': divided }, ['--large-print']],
    ['in many languages', { 'ladder.yaml': manyLanguages('de') }, []],
    ['in a language without words of ours', { 'ladder.yaml': manyLanguages('nl') }, []],
    ['from right to left', { 'ladder.yaml': rightToLeft }, []],
    ['in what attacks', hostileLadder(texts.filter((_, index) => index % 12 === 0)).files, []],
    ...random.map((ladder, index): [string, Record<string, string>, string[]] => [
      `in random ladder ${index + 1}`,
      { 'ladder.yaml': ladder },
      [],
    ]),
  ])('%s', async (_, files, args) => {
    expect(await broken(files, args)).toEqual({})
  })
})

describe('a template of a project', () => {
  const paragraphs: Record<string, string> = {
    'a table with scopes': '<table><tr><th scope="col">a<th scope="col">b<tr><td>1<td>2</table>',
    'cells over several rows': '<table><tr><th scope="row" rowspan="2">a<td>x<tr><td>y</table>',
    'a list in a list': '<ol><li>a<ol><li>b</ol></ol>',
    'a list of terms': '<dl><dt>a<dd>b</dl>',
    'a drawing with words':
      '<svg role="img" aria-label="A box" width="9" height="9"><rect width="9" height="9"/></svg>',
    'a box of a control': '<input type="checkbox" checked>',
    'a picture without words': '<figure><p>a</figure>',
    'a heading too deep': '<h5>a</h5>',
    'rows of different length': '<table><tr><th scope="row">a<tr><td>1<td>2</table>',
    'an item outside a list': '<li>a</li>',
    'a paragraph in a list': '<ul><p>a</p><li>b</ul>',
    'a link without words': '<a href="https://example.com" style="display: block; height: 9px"></a>',
    'no language': '<p lang="!!">a</p>',
    'a byte order mark': '<p>a\ufeffb</p>',
  }
  const prints = new Map<string, string>()

  beforeAll(async () => {
    const page = await readFile(join(root, 'templates', 'one-pager.hbs'), 'utf8')
    for (const [index, [name, html]] of Object.entries(paragraphs).entries()) {
      const cwd = join(folder, `template-${index}`)
      const changed = page.replace('{{> foot foot}}', `{{> foot foot}}${html}`)
      expect(changed.length, 'the foot has moved').toBeGreaterThan(page.length)
      await write(cwd, { 'ladder.yaml': smallLadder, 'templates/one-pager.hbs': changed })
      const args = ['build', 'ladder.yaml', '--only', 'one-pager', '--level', 'engineer', '--format', 'pdf']
      const { code, stderr } = await ladderpress(args, { cwd })
      expect(code, stderr).toBe(0)
      prints.set(join(cwd, 'out', 'one-pager', 'engineer.pdf'), name)
    }
  })

  test('is said to be PDF/UA exactly where it keeps all rules', async () => {
    const rules = await brokenRules([...prints.keys()])
    const kept = [...prints].filter(([print]) => rules.get(print)?.length === 0).map(([, name]) => name)
    expect(kept).toEqual([...Object.keys(paragraphs).slice(0, 6), 'a byte order mark'])
    for (const [print, name] of prints) {
      const own = rules.get(print) ?? []
      if (own.length > 0) expect(own.join('\n'), name).toMatch(/^5-1 /m)
    }
  })
})

test('tiles and imposed booklets have no tags, and do not say that they are PDF/UA', async () => {
  const args = ['--only', 'poster,booklet', '--tile', 'A3', '--imposition', 'saddle,2up', '--marks', 'crop']
  const found = await broken({}, [...args, '--bleed', '3mm'])
  expect(Object.keys(found)).toEqual(['booklet-2up.pdf', 'booklet-fold.pdf', 'poster-tiles.pdf'])
  // The rule that a file says it is PDF/UA: they do not.
  for (const rules of Object.values(found)) expect(rules.join('\n')).toMatch(/^5-1 /m)
})
