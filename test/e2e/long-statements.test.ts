import { join } from 'node:path'

import { expect, test } from 'vitest'

import { inFolder, ladderpress } from '../support/cli.ts'
import { write } from '../support/files.ts'
import { pdf, structureOf } from '../support/pdf.ts'

const sentence = (n: number, of: string) =>
  `Sentence ${n} of ${of} says what is built here, for whom, and why it is worth the work of so many, end ${n} of ${of}.`

function long(of: string, count: number): string {
  return Array.from({ length: count }, (_, n) => sentence(n + 1, of)).join(' ')
}

/** Two levels; each asks one thing that takes so many sentences, among shorter ones. */
function ladder(sentences: number): string {
  return `title: Ladder
edition: "1"
tracks:
  - id: ic
    name: Engineers
    dimensions: [{ id: craft, name: Craft }, { id: people, name: People }]
    levels:
      - id: engineer
        title: Engineer
        expectations:
          craft:
            - { text: "${long('engineers', sentences)}", optional: true, examples: [A bridge] }
            - Builds things
          people: Helps others
      - id: senior
        title: Senior Engineer
        expectations:
          craft:
            - Opens
            - |
              Opens the long one.

              ${long('seniors', sentences)}

              - First point
              - Second point
          people: Teaches others
`
}

async function built(
  sentences: number,
  args: readonly string[],
  look: (out: string, report: string) => Promise<void>,
): Promise<void> {
  await inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': ladder(sentences) })
    const { code, stdout, stderr } = await ladderpress(
      ['build', 'ladder.yaml', '--quiet', '--fit-report', ...args],
      { cwd },
    )
    expect(code, stderr).toBe(0)
    await look(join(cwd, 'out'), stdout + stderr)
  })
}

/** Of all of a text, which sentences no page has as a whole. */
async function missing(path: string, of: string, sentences: number): Promise<number[]> {
  const { texts } = await pdf(path)
  return Array.from({ length: sentences }, (_, n) => n + 1).filter(
    (n) => !texts.some((text) => text.includes(sentence(n, of).replaceAll(' ', ''))),
  )
}

test('a statement that is higher than a sheet is divided between its sentences, on every kind of sheet', async () => {
  await built(60, ['--only', 'one-pager,matrix,next-step,booklet', '--large-print'], async (out, report) => {
    for (const [name, ofs] of [
      ['one-pager/engineer', ['engineers']],
      ['one-pager/senior', ['seniors']],
      ['one-pager/large-print/senior', ['seniors']],
      ['next-step/engineer--senior', ['engineers', 'seniors']],
      ['matrix/ic', ['engineers', 'seniors']],
      ['booklet', ['engineers', 'seniors']],
    ] as const) {
      for (const of of ofs) expect(await missing(join(out, `${name}.pdf`), of, 60), name).toEqual([])
      expect(report).toMatch(new RegExp(`${name} .*long statements divided`))
    }
  })
})

test('what goes on has no dash of its own, and an example stands behind the last of its statement', async () => {
  await built(10, ['--only', 'one-pager', '--large-print'], async (out, report) => {
    const path = join(out, 'one-pager/large-print/engineer.pdf')
    const { pages, texts } = await pdf(path)
    expect(pages).toBe(2)
    expect(texts[0]).toContain('–optional')
    expect(texts[1]).toMatch(/^Engineer2of2CraftcontinuedSentence\d+of/)
    expect(texts[1]).toMatch(/end10ofengineers\.ForexampleAbridge|end10ofengineers\.Forexample•Abridge/)
    expect(texts[1]).toContain('–Buildsthings')
    const items = (await structureOf(path)).filter(({ type }) => type === 'LI').map(({ text }) => text)
    expect(items.filter((text) => text.includes('Sentence'))).toHaveLength(2)
    // The page in ordinary print has room for all of it, and divides nothing.
    expect(report).toMatch(/one-pager\/engineer +A4 portrait +1 (?!.*divided)/)
  })
})

test('a title does not stand alone on its sheet where a statement has room on the next: it is divided', async () => {
  await inFolder(async (cwd) => {
    // So much that it fills a sheet that goes on, but not the first, which has a title.
    const text = long('tests', 50)
    await write(cwd, {
      'ladder.yaml': `title: Ladder
tracks:
  - id: ic
    name: Engineers
    dimensions: [{ id: craft, name: Craft }]
    levels:
      - { id: engineer, title: Engineer, expectations: { craft: "${text}" } }
      - { id: senior, title: Senior Engineer, expectations: { craft: Teaches } }
`,
    })
    const args = ['build', 'ladder.yaml', '--only', 'one-pager', '--quiet']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    const { pages, texts } = await pdf(join(cwd, 'out/one-pager/engineer.pdf'))
    expect(pages).toBe(2)
    const [first = 0, second = 0] = texts.map((one) => one.match(/Sentence\d+oftests/g)?.length ?? 0)
    expect(first).toBeGreaterThan(20)
    expect(second).toBeGreaterThan(12)
    expect(first + second).toBe(50)
  })
})

test('nor does the title of a page in the booklet', async () => {
  await inFolder(async (cwd) => {
    await write(cwd, {
      'ladder.yaml': `title: Ladder
tracks:
  - id: ic
    name: Engineers
    dimensions: [{ id: craft, name: Craft }]
    levels:
      - { id: engineer, title: Engineer, expectations: { craft: "${long('tests', 28)}" } }
      - { id: senior, title: Senior Engineer, expectations: { craft: Teaches } }
`,
    })
    const args = ['build', 'ladder.yaml', '--only', 'booklet', '--quiet']
    const { code, stderr } = await ladderpress(args, { cwd })
    expect(code, stderr).toBe(0)
    const { texts } = await pdf(join(cwd, 'out/booklet.pdf'))
    expect(texts.map((text) => text.slice(0, 30))).toContain('EngineerCraft–Sentence1oftests')
  })
})

test('on small pages shorter statements are divided too where no page has room for one', async () => {
  const args = ['--only', 'one-pager', '--large-print', '--paper', 'one-pager=120x180mm']
  await built(5, args, async (out, report) => {
    const path = join(out, 'one-pager/large-print/engineer.pdf')
    expect(await missing(path, 'engineers', 5)).toEqual([])
    expect((await pdf(path)).pages).toBeGreaterThan(1)
    expect(report).toMatch(/large-print\/engineer .*long statements divided/)
  })
})

test('what is named is what has no room on any sheet, not what can be divided before it', async () => {
  await inFolder(async (cwd) => {
    const endless = Array.from({ length: 1100 }, (_, n) => `and then word${n}`).join(' ')
    await write(cwd, {
      'ladder.yaml': ladder(90).replace('Helps others', endless),
    })
    const args = ['check', 'ladder.yaml', '--print', '--report', 'json']
    const { code, stdout } = await ladderpress(args, { cwd })
    expect(code).toBe(1)
    const { diagnostics } = JSON.parse(stdout) as {
      diagnostics: readonly { code: string; message: string; at: { start: { line: number } } }[]
    }
    const over = diagnostics.filter((one) => one.code === 'print/overflow')
    const lineOf =
      ladder(90)
        .split('\n')
        .findIndex((line) => line.includes('Helps others')) + 1
    expect(over.map(({ at }) => at.start.line)).toEqual(over.map(() => lineOf))
    for (const kind of ['one-pager/engineer', 'matrix/ic', 'next-step/engineer--senior', 'booklet'])
      expect(over.map(({ message }) => message).join('\n')).toContain(kind)
  })
})

test('where dimensions stand in two columns from the start, a sentence that is too high for one of them stands in one column', async () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const words = Array.from({ length: 190 }, (_, n) => `word-${n}`).join(' ')
  const levelOf = (text: string) =>
    Object.fromEntries(ids.map((id) => [id, id === 'a' ? text : 'Helps others']))
  await inFolder(async (cwd) => {
    const levels = [words, 'Builds things'].map((text, n) => ({
      id: `l${n}`,
      title: `Level ${n}`,
      expectations: levelOf(text),
    }))
    const dimensions = ids.map((id) => ({ id, name: id.toUpperCase() }))
    const track = { id: 'ic', name: 'Engineers', dimensions, levels }
    await write(cwd, { 'ladder.yaml': JSON.stringify({ title: 'Ladder', tracks: [track] }) })
    const args = ['--only', 'one-pager', '--paper', 'A5', '--format', 'pdf', '--fit-report']
    const { code, stdout, stderr } = await ladderpress(['build', 'ladder.yaml', ...args], { cwd })
    expect(code, stderr).toBe(0)
    expect(stdout).toMatch(/one-pager\/l0 .* one column/)
    expect(stdout).not.toMatch(/one-pager\/l1 .* one column/)
    const { texts } = await pdf(join(cwd, 'out', 'one-pager', 'l0.pdf'))
    expect(texts.join('')).toContain(words.replaceAll(' ', ''))
  })
})
