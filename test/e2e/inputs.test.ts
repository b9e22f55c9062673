import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import type { Manifest } from '../../src/publish/manifest.ts'
import { inFolder, ladderpress, root } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'
import { pdf } from '../support/pdf.ts'

interface Built {
  readonly cwd: string
  readonly manifest: Manifest
  /** The text of a PDF, blanks taken out. */
  readonly text: (id: string) => Promise<string>
}

/** Builds a ladder that must work, without a word on stderr but notes. */
async function built(
  files: Readonly<Record<string, string | Buffer>>,
  work: (built: Built) => Promise<void>,
) {
  await inFolder(async (cwd) => {
    for (const [path, content] of Object.entries(files)) {
      if (typeof content === 'string') await write(cwd, { [path]: content })
      else await writeFile(join(cwd, path), content)
    }
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--quiet', '--strict'], { cwd })
    expect(code, stderr).toBe(0)
    const text = async (id: string) => (await pdf(join(cwd, 'out', `${id}.pdf`))).texts.join('')
    const manifest = JSON.parse(await readFile(join(cwd, 'out', 'manifest.json'), 'utf8')) as Manifest
    await work({ cwd, manifest, text })
  })
}

const level = (id: string, title: string, rest = 'statements: [Does the work]') =>
  `      - { id: ${id}, title: ${JSON.stringify(title)}, ${rest} }\n`

const track = (id: string, name: string, levels: string) =>
  `  - id: ${id}\n    name: ${JSON.stringify(name)}\n    levels:\n${levels}`

const ladder = (tracks: string) => `title: Ladder\nedition: "1"\ntracks:\n${tracks}`

test.each([
  ['as on Windows, and a byte order mark,', `\uFEFF${smallLadder.replaceAll('\n', '\r\n')}`],
  ['as on a Macintosh of old', smallLadder.replaceAll('\n', '\r')],
])('lines that end %s change nothing', async (_how, text) => {
  await built({ 'ladder.yaml': smallLadder }, async (plain) => {
    await built({ 'ladder.yaml': Buffer.from(text) }, async (other) => {
      // The manifest tells of what bytes they were made.
      const sheets = async (cwd: string) => {
        const { 'manifest.json': _, ...files } = await hashes(join(cwd, 'out'))
        return files
      }
      expect(await sheets(other.cwd)).toEqual(await sheets(plain.cwd))
    })
  })
})

test.each(['', '# brand: { name: Acme }\n# fonts: []\n'])('press.yaml may say nothing: %j', async (press) => {
  await built({ 'ladder.yaml': smallLadder }, async (without) => {
    await built({ 'ladder.yaml': smallLadder, 'press.yaml': press }, async ({ manifest }) => {
      expect(manifest.artifacts.map(({ path, sha256 }) => [path, sha256])).toEqual(
        without.manifest.artifacts.map(({ path, sha256 }) => [path, sha256]),
      )
    })
  })
})

test('tracks may stand in files of their own', async () => {
  const [head = '', ic = '', managers = ''] = smallLadder.split(/^ {2}- (?=id: (?:ic|mg))/m)
  const file = (text: string) => text.replace(/^ {4}/gm, '')
  await built({ 'ladder.yaml': smallLadder }, async (one) => {
    const files = {
      'ladder.yaml': `${head}  - ./tracks/ic.yaml\n  - tracks/managers.yaml\n`,
      'tracks/ic.yaml': file(ic),
      'tracks/managers.yaml': file(managers),
    }
    await built(files, async (several) => {
      const [whole, parts] = await Promise.all([one, several].map(({ cwd }) => hashes(join(cwd, 'out'))))
      for (const path of ['poster.pdf', 'matrix/ic.pdf', 'one-pager/lead.pdf']) {
        expect([path, parts?.[path]]).toEqual([path, whole?.[path]])
      }
    })
  })
})

test('names may hold emoji, run from the right, or mix', async () => {
  const text = ladder(
    track('a', 'Builders 🔨', level('x', 'מפתחת בכירה')) +
      track('b', 'Łódź & <Söhne>', level('y', 'مهندس أول')),
  )
  await built({ 'ladder.yaml': text }, async ({ cwd, text: textOf }) => {
    expect(await textOf('matrix/b')).toContain('Łódź&<Söhne>')
    expect(await textOf('one-pager/y')).toContain('Doesthework')
    expect(await readFile(join(cwd, 'out', 'one-pager', 'x.html'), 'utf8')).toContain('מפתחת בכירה')
    expect((await pdf(join(cwd, 'out', 'matrix', 'a.pdf'))).fonts).toEqual(
      expect.arrayContaining([expect.stringContaining('Emoji')]),
    )
  })
})

test('a title of 200 characters is printed whole on each sheet', async () => {
  const title = 'Principal Engineer for Things that Have Very Long Names '.repeat(4).slice(0, 200)
  expect(title).toHaveLength(200)
  const bare = title.replace(/\s/g, '')
  await built(
    { 'ladder.yaml': ladder(track('a', 'A', level('x', title) + level('y', 'Next'))) },
    async ({ text }) => {
      for (const id of ['one-pager/x', 'matrix/a', 'poster']) expect(await text(id)).toContain(bare)
    },
  )
})

test('a track without dimensions becomes columns of statements under the heads of its levels', async () => {
  await built({ 'ladder.yaml': smallLadder }, async ({ text }) => {
    expect(await text('matrix/mg')).toContain('TeamLead')
    expect(await text('matrix/mg')).toContain('Holds1:1s')
  })
})

test('one level of one track is a ladder', async () => {
  await built({ 'ladder.yaml': ladder(track('a', 'A', level('x', 'Engineer'))) }, async ({ manifest }) => {
    expect(manifest.artifacts.map(({ path }) => path).toSorted()).toEqual([
      'booklet.html',
      'booklet.pdf',
      'copy-shop.txt',
      'index.html',
      'matrix/a.html',
      'matrix/a.pdf',
      'one-pager/x.html',
      'one-pager/x.pdf',
      'one-pagers.pdf',
      'poster.html',
      'poster.pdf',
    ])
  })
})

test('nine tracks stand on one poster', async () => {
  const names = ['North', 'East', 'South', 'West', 'Up', 'Down', 'Left', 'Right', 'Middle']
  const tracks = names.map((name, index) =>
    track(`t${index}`, name, [0, 1, 2, 3].map((n) => level(`t${index}-${n}`, `${name} level ${n}`)).join('')),
  )
  await built({ 'ladder.yaml': ladder(tracks.join('')) }, async ({ text, manifest }) => {
    const poster = await text('poster')
    for (const name of names) expect(poster).toContain(`${name}level3`)
    expect(manifest.artifacts.find(({ path }) => path === 'poster.pdf')).toMatchObject({ pages: 1 })
  })
})

test('text longer than a sheet goes on to a further one, and nothing of it is lost', async () => {
  const statements = Array.from(
    { length: 90 },
    (_, index) =>
      `"Statement number ${index + 1} says what is expected, in a sentence that fills a line or two of the sheet it stands on"`,
  )
  const text = ladder(track('a', 'A', level('x', 'Engineer', `statements: [${statements.join(', ')}]`)))
  await built({ 'ladder.yaml': text }, async ({ text: textOf, manifest }) => {
    const all = await textOf('one-pager/x')
    for (let n = 1; n <= 90; n += 1) expect(all).toContain(`Statementnumber${n}says`)
    const { pages, diagnostics } = manifest.artifacts.find(({ path }) => path === 'one-pager/x.pdf') ?? {}
    expect(pages).toBeGreaterThan(1)
    expect(all).toContain(`${pages}of${pages}`)
    expect(diagnostics?.map(({ code }) => code)).toEqual(['print/continues'])
  })
})

test('a character that no font has stops the documents that hold it, and no other', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': smallLadder.replace('Builds things', 'Builds 名') })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml'], { cwd })
    expect(code).toBe(1)
    expect(stderr.match(/^error .*/gm)).toEqual([expect.stringContaining('No font has the character 名')])
    const made = (await readdir(join(cwd, 'out'), { recursive: true })).filter((name) =>
      name.endsWith('.pdf'),
    )
    expect(made.sort()).toEqual([
      'matrix/mg.pdf',
      'next-step/senior--lead.pdf',
      'one-pager/lead.pdf',
      'one-pager/senior.pdf',
      'one-pagers/mg.pdf',
    ])
  })
})

test('a script that our fonts lack asks for its package, and prints once press.yaml names it', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder(track('a', 'A', level('x', 'วิศวกรอาวุโส'))) })
    const before = await ladderpress(['build', 'ladder.yaml'], { cwd })
    expect(before.code).toBe(1)
    expect(before.stderr).toContain('print/missing-glyph')
    expect(before.stderr).toContain('@fontsource/noto-sans-thai')

    // As after `npm install @fontsource/noto-sans-thai`.
    const font = join('node_modules', '@fontsource', 'noto-sans-thai')
    await cp(join(root, font), join(cwd, font), { recursive: true })
    await write(cwd, { 'press.yaml': 'fonts: ["@fontsource/noto-sans-thai"]\n' })
    const after = await ladderpress(['build', 'ladder.yaml'], { cwd })
    expect(after.code, after.stderr).toBe(0)
    const { fonts, texts } = await pdf(join(cwd, 'out', 'one-pager', 'x.pdf'))
    expect(fonts).toEqual(expect.arrayContaining([expect.stringMatching(/^NotoSansThai/)]))
    expect(texts.join('')).toContain('วิศวกรอาวุโส')
  })
})

test('the name of the program alone says what there is, with examples', async () => {
  const [alone, asked] = [await ladderpress([]), await ladderpress(['--help'])]
  expect(alone).toEqual(asked)
  expect(alone.stdout).toContain('ladderpress preview ladder.yaml --open\n')
})
