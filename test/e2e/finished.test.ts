import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { readLadder } from '../../src/build/read.ts'
import { decodeText } from '../../src/finish/code-maps.ts'
import { pagesOf } from '../../src/finish/read.ts'
import { isDict, isName, isString } from '../../src/finish/syntax.ts'
import { levelsOf } from '../../src/model/ladder.ts'
import { bundledLevels } from '../support/bundled.ts'
import { inFolder, ladderpress, root } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'
import { aboutPdf, contentOf, pdf, structureOf } from '../support/pdf.ts'

let folder: string
const path = (id: string) => join(folder, 'out', `${id}.pdf`)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  const { code, stderr } = await ladderpress(['build', '--strict', '--out', join(folder, 'out')])
  expect(code, stderr).toBe(0)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const documents = [
  'one-pager/lead-engineer',
  'one-pager/senior-vice-president',
  'matrix/ic',
  'matrix/managers',
  'poster',
]

describe('boxes', () => {
  test.each([
    ['one-pager/lead-engineer', 595.276, 841.89],
    ['matrix/ic', 1190.551, 841.89],
    ['poster', 1683.78, 2383.937],
  ])('%s has exactly its paper', async (id, width, height) => {
    expect((await pdf(path(id))).sizes).toEqual([[width, height]])
  })
})

describe('what is read out', () => {
  test('is every statement of the bundled ladder, word by word, in its list', async () => {
    const { read } = await readLadder({ cwd: root })
    const items = (await structureOf(path('poster'))).filter(({ type }) => type === 'LBody')
    const texts = items.map(({ text }) => text.trim())
    expect(texts).toHaveLength(88)
    for (const id of ['ic', 'managers']) {
      const inMatrix = (await structureOf(path(`matrix/${id}`))).filter(({ type }) => type === 'LBody')
      expect(inMatrix, id).not.toEqual([])
      for (const { text } of inMatrix) expect(texts).toContain(text.trim())
    }
    expect(read && levelsOf(read.ladder)).toHaveLength(11)
  })

  test('is each level’s name before what it asks, dimension by dimension', async () => {
    const headings = (await structureOf(path('one-pager/lead-engineer'))).filter(({ type }) =>
      /^H\d$/.test(type),
    )
    expect(headings.map(({ type, text }) => `${type} ${text.trim()}`)).toEqual([
      'H1 Lead Engineer',
      'H2 Domain knowledge',
      'H2 Teaching and mentoring',
      'H2 Culture and leadership',
      'H2 Customer success',
    ])
  })

  test('on the poster goes track by track from the lowest level up, whatever the grid shows', async () => {
    const names = (await structureOf(path('poster')))
      .filter(({ type }) => type === 'H3')
      .map(({ text }) => text.trim())
    expect(names).toEqual(bundledLevels)
  })

  test.each(documents)('nothing that %s paints is left over: it is tagged, or an artifact', async (id) => {
    const contents = await contentOf(path(id))
    expect(contents).toHaveLength(1)
    for (const content of contents) {
      expect(content).toMatch(/ T[jJ]$/m)
      let depth = 0
      const bare: string[] = []
      for (const line of content.split('\n')) {
        if (/B(D|M)C$/.test(line)) depth += 1
        else if (line === 'EMC') depth -= 1
        else if (depth === 0 && /(^| )(f\*?|F|[SsBb]\*?|Do|Tj|TJ|sh)$/.test(line)) bare.push(line)
      }
      expect([depth, bare]).toEqual([0, []])
    }
  })

  test.each([...documents, 'booklet'])('is what the Tab key follows from link to link in %s', async (id) => {
    const { file } = await aboutPdf(path(id))
    const orders = pagesOf(file).map((page) => file.get(page, 'Tabs'))
    expect(orders).toEqual(orders.map(() => ({ name: 'S' })))
  })

  test('keeps apostrophes inside their words', async () => {
    const texts = (await structureOf(path('one-pager/lead-engineer'))).map(({ text }) => text)
    expect(texts.some((text) => text.includes('their team’s area'))).toBe(true)
    expect(texts.join('')).not.toContain('ʼ')
  })
})

describe('bookmarks', () => {
  test('have the words of their headings and open where these stand', async () => {
    const { bookmarks } = await aboutPdf(path('one-pager/lead-engineer'))
    expect(bookmarks.map(({ title }) => title)).toEqual([
      'Lead Engineer',
      'Domain knowledge',
      'Teaching and mentoring',
      'Culture and leadership',
      'Customer success',
    ])
    expect(bookmarks.every(({ page, top }) => page === 1 && top > 0 && top < 842)).toBe(true)
    const tops = bookmarks.map(({ top }) => top)
    expect(tops).toEqual(tops.toSorted((a, b) => b - a))
  })
})

describe('what a file says of itself', () => {
  test('stands in the information dictionary and in XMP alike', async () => {
    const { info, xmp } = await aboutPdf(path('one-pager/lead-engineer'))
    expect(info).toMatchObject({
      Title: 'Lead Engineer · Engineering ladder · 2026.1',
      Author: 'Acme',
      Subject: 'Engineering ladder 2026.1',
      Creator: expect.stringMatching(/^Ladderpress \d/),
      CreationDate: "D:20260101000000+00'00'",
      Edition: '2026.1',
      Effective: '2026-01-01',
      Stamp: expect.stringMatching(/^[0-9a-f]{8}$/),
    })
    for (const words of [
      '<rdf:li xml:lang="x-default">Lead Engineer · Engineering ladder · 2026.1</rdf:li>',
      '<rdf:li>Acme</rdf:li>',
      '<rdf:li>en</rdf:li>',
      '<xmp:CreateDate>2026-01-01T00:00:00Z</xmp:CreateDate>',
      '<pdfuaid:part>1</pdfuaid:part>',
      `<sheet:stamp>${info['Stamp']}</sheet:stamp>`,
    ]) {
      expect(xmp).toContain(words)
    }
  })

  test('tells a print dialog how it wants to be printed', async () => {
    const settings = async (id: string) => {
      const { file, root: catalogue } = await aboutPdf(path(id))
      return Object.fromEntries(file.getDict(catalogue, 'ViewerPreferences')?.dict ?? [])
    }
    expect(await settings('one-pager/lead-engineer')).toEqual({
      DisplayDocTitle: true,
      PrintScaling: { name: 'None' },
      PickTrayByPDFSize: true,
      Duplex: { name: 'DuplexFlipLongEdge' },
    })
    expect(await settings('matrix/ic')).toMatchObject({ Duplex: { name: 'DuplexFlipShortEdge' } })
    expect(await settings('poster')).toMatchObject({ Duplex: { name: 'Simplex' } })
  })

  test.each(documents)('%s paints black and greys with black ink alone', async (id) => {
    const contents = await contentOf(path(id))
    expect(contents).toHaveLength(1)
    for (const content of contents) {
      expect(content).toMatch(/(^| )[\d.]+ g( |$)/m)
      const colours = [...content.matchAll(/(\S+) (\S+) (\S+) (?:rg|RG)\b/g)]
      expect(colours.filter(([, r, g, b]) => r === g && g === b)).toEqual([])
    }
  })
})

test('--ink black leaves no colour in any file, and the same words', async () => {
  const out = join(folder, 'black')
  const { code, stderr } = await ladderpress(['build', '--strict', '--ink', 'black', '--out', out])
  expect(code, stderr).toBe(0)
  for (const id of documents) {
    const content = (await contentOf(join(out, `${id}.pdf`))).join('\n')
    expect([id, content.match(/\b(rg|RG|k|K|sc|SC|scn|SCN|cs|CS)\b/g)]).toEqual([id, null])
    expect((await pdf(join(out, `${id}.pdf`))).texts).toEqual((await pdf(path(id))).texts)
  }
})

test('--embed-source puts what is shown into all but one-pagers, without comments, drafts and grades', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  try {
    const [head = '', ic = '', managers = ''] = smallLadder.split(/^ {2}- (?=id: (?:ic|mg))/m)
    await write(cwd, {
      'ladder.yaml': `# a comment\n${head}  - ${ic}  - managers.yaml\n`.replace(
        'title: Engineer\n',
        'title: Engineer\n        grade: IC1\n',
      ),
      'managers.yaml': `${managers.replace(/^ {4}/gm, '')}  - { id: head, title: Head, status: draft, statements: Leads leads }\n`,
    })
    const { code, stderr } = await ladderpress(['build', 'ladder.yaml', '--strict', '--embed-source'], {
      cwd,
    })
    expect(code, stderr).toBe(0)
    const embedded = (id: string) => embeddedIn(join(cwd, 'out', `${id}.pdf`))
    const poster = (await embedded('poster')) ?? ''
    expect(poster).toContain('edition: "2026.10"')
    expect(poster).toContain('title: Team Lead')
    expect(poster).not.toMatch(/#|Head|grade|IC1|managers\.yaml/)
    const matrix = (await embedded('matrix/mg')) ?? ''
    expect([matrix.includes('Team Lead'), matrix.includes('Senior Engineer')]).toEqual([true, false])
    const step = (await embedded('next-step/engineer--senior')) ?? ''
    expect([step.includes('Senior Engineer'), step.includes('Team Lead')]).toEqual([true, false])
    for (const id of ['one-pager/senior', 'one-pagers', 'one-pagers/ic']) {
      expect([id, await embedded(id)]).toEqual([id, undefined])
    }
    // What comes out is a ladder of its own.
    await write(cwd, { 'again.yaml': poster })
    const again = await ladderpress(['check', 'again.yaml', '--strict'], { cwd })
    expect(again.code, again.stderr).toBe(0)
  } finally {
    await rm(cwd, { recursive: true, force: true })
  }
})

test('--embed-source leaves out examples where press.yaml does not show them', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
  try {
    const example = (name: string) => `{ text: Says ${name}, examples: [Such as ${name}] }`
    const ladder = `title: Ladder
edition: "1"
tracks:
  - id: ic
    name: Makers
    dimensions: [{ id: examples, name: Examples }, { id: craft, name: Craft }]
    every-level: { craft: [${example('always')}] }
    levels:
      - id: one
        title: One
        expectations: { examples: [${example('one')}], craft: { summary: Brief, statements: [${example('two')}] } }
  - { id: mg, name: Managers, levels: [{ id: lead, title: Lead, statements: [${example('three')}] }] }
`
    await write(cwd, { 'ladder.yaml': ladder })
    const embedded = async (press: string) => {
      await write(cwd, { 'press.yaml': press })
      const args = ['build', 'ladder.yaml', '--embed-source', '--only', 'poster']
      const { code, stderr } = await ladderpress(args, { cwd })
      expect(code, stderr).toBe(0)
      return (await embeddedIn(join(cwd, 'out', 'poster.pdf'))) ?? ''
    }
    expect((await embedded('show: { grade: false }\n')).match(/Such as/g)).toHaveLength(4)
    const bare = await embedded('show: { examples: false }\n')
    expect(bare).not.toContain('Such as')
    expect(bare.match(/Says (one|two|three|always)/g)).toHaveLength(4)
    expect(bare).toMatch(/^ +examples:$/m)
    await write(cwd, { 'again.yaml': bare })
    const again = await ladderpress(['check', 'again.yaml', '--strict'], { cwd })
    expect(again.code, again.stderr).toBe(0)
  } finally {
    await rm(cwd, { recursive: true, force: true })
  }
})

test('the map of a one-pager stands in words for those who have it read out', async () => {
  const { file } = await aboutPdf(path('one-pager/lead-engineer'))
  const alternatives = file.numbers.flatMap((number) => {
    const { value } = file.object(number)
    const alternative = isDict(value) ? value.dict.get('Alt') : undefined
    return alternative !== undefined && isString(alternative) ? [decodeText(alternative.bytes)] : []
  })
  expect(alternatives).toEqual([
    'Map of the ladder. This is level 3 of the 4 that are described in this track. Equivalent to Manager.',
  ])
})

describe('the date', () => {
  const build = async (ladder: string, env: NodeJS.ProcessEnv, work: (cwd: string) => Promise<void>) => {
    const cwd = await mkdtemp(join(tmpdir(), 'ladderpress-test-'))
    try {
      await write(cwd, { 'ladder.yaml': ladder })
      const { code, stderr } = await ladderpress(
        ['build', 'ladder.yaml', '--level', 'senior', '--format', 'pdf'],
        { cwd, env },
      )
      expect(code, stderr).toBe(0)
      await work(join(cwd, 'out', 'one-pager', 'senior.pdf'))
    } finally {
      await rm(cwd, { recursive: true, force: true })
    }
  }

  test('is SOURCE_DATE_EPOCH where it is set', async () => {
    await build(smallLadder, { SOURCE_DATE_EPOCH: '1767225600' }, async (file) => {
      expect((await aboutPdf(file)).info).toMatchObject({ CreationDate: "D:20260101000000+00'00'" })
    })
  })

  test('is none where the ladder has none', async () => {
    await build(
      smallLadder.replace('effective: 2026-10-01\n', ''),
      { SOURCE_DATE_EPOCH: '' },
      async (file) => {
        const { info, xmp } = await aboutPdf(file)
        expect(Object.keys(info).filter((key) => key.endsWith('Date'))).toEqual([])
        expect(xmp).not.toContain('Date>')
      },
    )
  })

  test('that is no number is refused', async () => {
    const { code, stderr } = await ladderpress(['build', '--out', join(folder, 'never')], {
      env: { SOURCE_DATE_EPOCH: 'today' },
    })
    expect([code, stderr.includes('SOURCE_DATE_EPOCH')]).toEqual([2, true])
  })
})

/** The YAML that a PDF carries. */
async function embeddedIn(pdfPath: string): Promise<string | undefined> {
  const { file } = await aboutPdf(pdfPath)
  const number = file.numbers.find((candidate) => {
    const { value } = file.object(candidate)
    const type = isDict(value) ? value.dict.get('Type') : undefined
    return type !== undefined && isName(type) && type.name === 'EmbeddedFile'
  })
  return number === undefined ? undefined : file.stream(number).toString()
}

test('what --embed-source puts into a PDF of any kind is a ladder of its own, and names no draft', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, {
      'press.yaml': 'show: { aliases: false }\n',
      'ladder.yaml': `title: Small ladder
tracks:
  - id: ic
    name: Engineers
    dimensions: [{ id: craft, name: Craft }, { id: people, name: People }]
    levels:
      - id: engineer
        title: Engineer
        aliases: [Coder]
        equivalent: [{ to: secret-first, note: Not announced yet }, { to: lead, note: In pay }]
        expectations: { craft: Builds things, people: Helps others }
      - id: secret-engineer
        title: Secret Engineer
        status: draft
        expectations: { craft: Hidden deeds, people: Hidden words }
      - id: senior
        title: Senior Engineer
        equivalent: { to: secret-head, note: Not announced yet }
        expectations: { craft: { empty: same-as-previous }, people: Teaches others }
      - id: principal
        title: Principal Engineer
        equivalent: none
        expectations: { craft: Builds the largest things, people: { empty: same-as-previous } }
      - id: fellow
        title: Fellow
        expectations: { craft: Invents things, people: { empty: same-as-previous } }
  - id: mg
    name: Managers
    opens-from: [senior, secret-engineer]
    levels:
      - id: lead
        title: Team Lead
        statements: Leads a team
      - id: secret-head
        title: Secret Head
        status: draft
        statements: Hidden deeds
  - id: secret-track
    name: Secret track
    opens-from: [senior]
    levels:
      - { id: secret-first, title: Secret First, status: draft, statements: Hidden deeds }
`,
    })
    const args = ['build', 'ladder.yaml', '--embed-source', '--format', 'pdf']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    const names = (await readdir(join(cwd, 'out'), { recursive: true })).filter((name) =>
      name.endsWith('.pdf'),
    )
    const kinds = new Set<string>()
    for (const name of names) {
      const yaml = await embeddedIn(join(cwd, 'out', name))
      if (yaml === undefined) continue
      kinds.add(name.split(/[/.]/)[0] ?? '')
      expect([name, yaml.match(/secret|hidden|announced|coder/gi)]).toEqual([name, null])
      await write(cwd, { 'again.yaml': yaml })
      const again = await ladderpress(['check', 'again.yaml', '--strict'], { cwd })
      expect([name, again.code, again.stderr]).toEqual([name, 0, ''])
    }
    expect([...kinds].sort()).toEqual(['booklet', 'matrix', 'next-step', 'poster'])
    // What a level asks as the one below does, it says itself where that one is not there.
    const step = (await embeddedIn(join(cwd, 'out', 'next-step', 'principal--fellow.pdf'))) ?? ''
    expect(step.match(/people: Teaches others/g)).toHaveLength(2)
    expect((await embeddedIn(join(cwd, 'out', 'poster.pdf'))) ?? '').toContain('note: In pay')
  })
})

test('a text that two others seem to hold between them is found where it stands', async () => {
  const levels = ['Senior Staff', 'Engineer', 'Staff Engineer'].map(
    (title, index) => `      - { id: l${index}, title: ${title}, statements: Does part ${index} }`,
  )
  const ladder = `title: Ladder
tracks:
  - id: lead
    name: Tech Lead
    levels:
      - { id: guide, title: Guide, rung: 1, statements: Guides others }
  - id: dev
    name: Engineer
    levels:
${levels.join('\n')}
      - { id: top, title: Lead Engineer, statements: Leads builds }
`
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder })
    const { code, stderr } = await ladderpress(
      ['build', 'ladder.yaml', '--compare', 'guide,top', '--quiet'],
      { cwd },
    )
    expect(code, stderr).toBe(0)
  })
})
