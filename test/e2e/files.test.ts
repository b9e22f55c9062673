import { chmod, cp, mkdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { readPdf } from '../../src/finish/read.ts'
import { isDict, isName, isString, type PdfValue } from '../../src/finish/syntax.ts'
import { inFolder, ladderpress, root } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'
import { pdf } from '../support/pdf.ts'

/** Stands in files outside the project, and may stand nowhere else. */
const marker = 'KeepThisToYourself'

/** A project in a box whose other files it must not reach. */
async function inBox(
  files: Readonly<Record<string, string>>,
  work: (box: string, project: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (box) => {
    // The browser may run as another user, and must not be kept out by that alone.
    await chmod(box, 0o755)
    await write(box, {
      'secret.yaml': `id: secret\nname: ${marker}\nlevels: [{ id: s, title: ${marker}, statements: [${marker}] }]\n`,
      'secret.txt': marker,
      'secret.css': `body::after { content: "${marker}" }`,
      'secret.svg': `<svg xmlns="http://www.w3.org/2000/svg"><text id="a" y="9">${marker}</text></svg>`,
      'secret/foot.hbs': `<p>${marker}</p>`,
    })
    await write(join(box, 'project'), { 'ladder.yaml': smallLadder, ...files })
    await work(box, join(box, 'project'))
  })
}

const build = (cwd: string, ...args: string[]) =>
  ladderpress(['build', 'ladder.yaml', '--quiet', ...args], { cwd })

/** Outputs that hold the marker: as bytes, as base64, or as text of a PDF. */
async function leaks(out: string): Promise<string[]> {
  const packed = [0, 1, 2].map((shift) =>
    Buffer.from(`${'x'.repeat(shift)}${marker}`)
      .toString('base64')
      .slice(4, 20),
  )
  const found: string[] = []
  for (const path of Object.keys(await hashes(out))) {
    const bytes = await readFile(join(out, path), 'latin1')
    const text = path.endsWith('.pdf') ? (await pdf(join(out, path))).texts.join('') : ''
    if ([marker, ...packed].some((form) => bytes.includes(form)) || text.includes(marker)) found.push(path)
  }
  return found
}

/** Every action of a PDF with its address, wherever it stands. */
async function actionsOf(path: string): Promise<string[]> {
  const file = readPdf(await readFile(path))
  const found: string[] = []
  const walk = (value: PdfValue): void => {
    if (Array.isArray(value)) for (const item of value) walk(item)
    if (!isDict(value)) return
    for (const name of ['OpenAction', 'AA', 'AcroForm']) if (value.dict.has(name)) found.push(name)
    const [type, kind, address] = ['Type', 'S', 'URI'].map((name) => value.dict.get(name))
    if (isName(kind) && (isString(address) || (isName(type) && type.name === 'Action')))
      found.push(`${kind.name} ${isString(address) ? address.bytes.toString() : ''}`)
    for (const inner of value.dict.values()) walk(inner)
  }
  for (const number of file.numbers) walk(file.object(number).value)
  return found
}

test('what leaks is found in each kind of output', async () => {
  await inBox({ 'ladder.yaml': smallLadder.replace('Small ladder', marker) }, async (_, project) => {
    await build(project, '--only', 'poster,index')
    expect(await leaks(join(project, 'out'))).toEqual([
      'copy-shop.txt',
      'index.html',
      'manifest.json',
      'poster.html',
      'poster.pdf',
    ])
  })
})

describe('a file outside the project', () => {
  test.each([
    ['../secret.yaml', 1],
    ['./tracks/../../secret.yaml', 1],
    ['tracks/link.yaml', 1],
    ['tracks/up/secret.yaml', 1],
    ['..%2fsecret.yaml', 1],
    ['%2e%2e/secret.yaml', 1],
    ['..\\secret.yaml', 1],
    ['file:../secret.yaml', 1],
    ['C:/secret.yaml', 1],
    ['//server/secret.yaml', 1],
    ['~/secret.yaml', 4],
    ['../secret.txt', 1],
    ['．．/secret.yaml', 4],
  ])('is not read as the track %s', async (track, exit) => {
    const ladder = `title: Ladder\ntracks: [${JSON.stringify(track)}]\n`
    await inBox({ 'ladder.yaml': ladder, 'tracks/own.yaml': '' }, async (box, project) => {
      await symlink(join(box, 'secret.yaml'), join(project, 'tracks', 'link.yaml'))
      await symlink(box, join(project, 'tracks', 'up'))
      const { code, stderr } = await build(project)
      expect([code, stderr.includes(marker)]).toEqual([exit, false])
      expect(await leaks(join(project, 'out')).catch(() => 'no outputs')).toBe('no outputs')
    })
  })

  test.each([
    ['an absolute path', (box: string) => `${box}/secret.yaml`],
    ['an address', (box: string) => `file://${box}/secret.yaml`],
    ['an address in capitals', (box: string) => `FILE://${box}/secret.yaml`],
    ['a path through this process', () => '/proc/self/cwd/../secret.yaml'],
  ])('is not read as a track by %s', async (_, path) => {
    await inBox({}, async (box, project) => {
      await write(project, { 'ladder.yaml': `title: Ladder\ntracks: [${JSON.stringify(path(box))}]\n` })
      const { code, stderr } = await build(project)
      expect([code, stderr.includes(marker)]).toEqual([1, false])
      expect(stderr).toContain('load/outside-project')
    })
  })

  test('is neither shown nor linked from text', async () => {
    await inBox({}, async (box, project) => {
      const text = [
        `[a](file://${box}/secret.txt)`,
        `[a](FILE:///${box}/secret.txt)`,
        `[a](<f\tile://${box}/secret.txt>)`,
        '[a](../secret.txt) [a](/secret.txt) [a](..%2fsecret.txt) [a](\\\\server\\secret.txt)',
        '[a](smb://server/secret) [a](ms-msdt:/id) [a](jar:file:///secret!/a) [a](view-source:file:///secret)',
        `![a](../secret.svg) ![a](file://${box}/secret.svg)`,
        `<file://${box}/secret.txt> <img src="../secret.svg"> <iframe src="file://${box}/secret.txt"></iframe>`,
        '[good](https://good.example) [mail](mailto:good@good.example) [place](#people)',
      ].join('\n\n')
      await write(project, {
        'ladder.yaml': smallLadder
          .replace('Builds things', JSON.stringify(text))
          .replace('title: Small', `intro: ${JSON.stringify(text)}\ntitle: Small`),
      })
      const { code, stderr } = await build(project)
      expect(code, stderr).toBe(0)
      const out = join(project, 'out')
      expect(await leaks(out)).toEqual([])
      for (const path of Object.keys(await hashes(out))) {
        if (path.endsWith('.html')) {
          const html = await readFile(join(out, path), 'utf8')
          expect([
            path,
            html.match(/(href|src)="(?!https:|mailto:|#|[a-z][\w/-]*\.(html|pdf|json|txt)")[^"]*"/g),
          ]).toEqual([path, null])
        }
        if (path.endsWith('.pdf')) {
          const other = (await actionsOf(join(out, path))).filter(
            (action) => !['URI https://good.example/', 'URI mailto:good@good.example'].includes(action),
          )
          expect([path, other]).toEqual([path, []])
        }
      }
      expect((await actionsOf(join(out, 'one-pager', 'engineer.pdf'))).sort()).toEqual([
        'URI https://good.example/',
        'URI mailto:good@good.example',
      ])
    })
  })

  test('is not reached by templates of the project that name it', async () => {
    const templates = join(root, 'templates')
    const foot = await readFile(join(templates, 'partials', 'foot.hbs'), 'utf8')
    const style = await readFile(join(templates, 'styles', 'one-pager.css'), 'utf8')
    await inBox({}, async (box, project) => {
      const file = (name: string) => `file://${box}/${name}`
      await write(project, {
        'templates/partials/foot.hbs': `${foot}<img src="${file('secret.svg')}"><img src="../../../secret.svg"><iframe src="${file('secret.txt')}"></iframe><svg><image href="${file('secret.svg')}"/><use href="${file('secret.svg')}#a"/></svg><video src="${file('secret.txt')}"></video>`,
        'templates/styles/one-pager.css': `@import "${file('secret.css')}"; @import url(../../../secret.css); ${style} .foot { background: url(${file('secret.svg')}) }`,
      })
      const { code, stderr } = await build(project)
      expect(code, stderr).toBe(0)
      expect(await leaks(join(project, 'out'))).toEqual([])
      expect(await actionsOf(join(project, 'out', 'one-pager', 'lead.pdf'))).toEqual([])
    })
  })

  test.each([
    ['templates', 'secret'],
    ['templates/partials/foot.hbs', 'secret/foot.hbs'],
    ['templates/styles/one-pager.css', 'secret.css'],
    ['templates/words/en.json', 'secret.txt'],
    ['templates/partials', 'secret'],
  ])('is not taken for %s by a link', async (link, target) => {
    await inBox({}, async (box, project) => {
      await mkdir(join(project, link, '..'), { recursive: true })
      await symlink(join(box, target), join(project, link))
      const { code, stderr } = await build(project)
      expect([code, stderr.includes('load/outside-project')]).toEqual([1, true])
      expect(stderr).not.toContain(marker)
    })
  })

  test.each([
    ['names it', '"path": "poster.pdf"', '"path": "../../poster.pdf"'],
    ['is not as ours are', '"tool": {', '"__proto__": { "polluted": true },\n  "tool": {'],
  ])('is untouched by a record of outputs that %s', async (_, from, to) => {
    await inBox({}, async (box, project) => {
      await build(project)
      // The same bytes, so that only its place tells it from an output that is no longer made.
      await cp(join(project, 'out', 'poster.pdf'), join(box, 'poster.pdf'))
      const manifest = await readFile(join(project, 'out', 'manifest.json'), 'utf8')
      expect(manifest).toContain(from)
      await write(project, {
        'out/manifest.json': manifest.replace(from, to),
        'ladder.yaml': smallLadder.replace('id: mg', 'id: other'),
      })
      const before = await hashes(box)
      expect((await build(project)).code).toBe(0)
      expect((await hashes(box))['poster.pdf']).toBe(before['poster.pdf'])
      expect(await leaks(join(project, 'out'))).toEqual([])
    })
  })
})
