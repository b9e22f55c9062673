import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

import { expect, test } from 'vitest'

import { root } from '../support/cli.ts'

/** Folders in the order of the flow: each may import from those before it, never from those behind it. */
const order = [
  'text',
  'diagnostics',
  'yaml',
  'markdown',
  'load',
  'validate',
  'model',
  'plan',
  'render',
  'fit',
  'typeset',
  'browser',
  'finish',
  'publish',
  'serve',
  'build',
  'commands',
]

/** Each outside package has its doors, mostly one; src/README.md has them too. */
const doors: Readonly<Record<string, readonly string[]>> = {
  yaml: ['yaml/'],
  marked: ['markdown/parse.ts'],
  entities: ['markdown/parse.ts'],
  ajv: ['validate/'],
  handlebars: ['render/engine.ts'],
  'puppeteer-core': ['browser/target.ts', 'browser/fetch.ts'],
  '@puppeteer/browsers': ['browser/fetch.ts'],
  '@cantoo/pdf-lib': ['finish/library.ts'],
  'tar-stream': ['browser/unpack.ts'],
  fflate: ['publish/zip.ts'],
  uqr: ['render/qr.ts'],
  chokidar: ['load/watch.ts'],
  open: ['serve/open.ts'],
  commander: [
    'commands/program.ts',
    'commands/printing-commands.ts',
    'commands/answering-commands.ts',
    'commands/report-flags.ts',
  ],
  'fastest-levenshtein': ['diagnostics/suggest.ts'],
  'fast-string-width': ['diagnostics/frame.ts', 'commands/table.ts'],
}

/**
 * What else than `main.ts` may touch of the process: the command's end, where the browser gets its environment, and who
 * still runs.
 */
const allowedOfProcess: Readonly<Record<string, readonly string[]>> = {
  'cli.ts': ['process.env', 'process.on'],
  'browser/start.ts': ['process.env', 'process.kill'],
  'load/processes.ts': ['process.kill'],
}

const src = join(root, 'src')
const files = readdirSync(src, { recursive: true })
  .map((name) => slashed(String(name)))
  .filter((name) => name.endsWith('.ts'))

interface Import {
  readonly from: string
  readonly to: string
}

const imports = files.flatMap((file): Import[] => {
  const text = readFileSync(join(src, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, to = '']) => ({ from: file, to }))
})

/** A path as imports have it, on every system. */
function slashed(path: string): string {
  return path.split(sep).join('/')
}

function folderOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : ''
}

test('every folder has its place in the flow', () => {
  expect(
    [...new Set(files.map(folderOf))].filter((folder) => folder !== '' && !order.includes(folder)),
  ).toEqual([])
})

test('imports run one way', () => {
  const backwards = imports
    .filter(({ to }) => to.startsWith('.'))
    .map(({ from, to }) => ({ from, to: slashed(relative(src, join(src, dirname(from), to))) }))
    .filter(({ from, to }) => folderOf(from) !== '' && !to.startsWith('..'))
    .filter(({ from, to }) => order.indexOf(folderOf(to)) > order.indexOf(folderOf(from)))
  expect(backwards).toEqual([])
})

const packages = imports
  .filter(({ to }) => /^[@a-z]/.test(to) && !to.startsWith('node:'))
  .map(({ from, to }) => ({
    from,
    name: to
      .split('/')
      .slice(0, to.startsWith('@') ? 2 : 1)
      .join('/'),
  }))

test('no imports run in a circle', () => {
  const known = new Set(files)
  const next = new Map<string, string[]>()
  for (const { from, to } of imports) {
    const target = to.startsWith('.') ? slashed(join(dirname(from), to)) : ''
    if (known.has(target)) next.set(from, [...(next.get(from) ?? []), target])
  }
  const done = new Set<string>()
  const circles: string[] = []
  const follow = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' > '))
    if (done.has(file) || path.includes(file)) return
    for (const target of next.get(file) ?? []) follow(target, [...path, file])
    done.add(file)
  }
  for (const file of files) follow(file, [])
  expect(circles).toEqual([])
})

test('each outside package comes in by its doors alone, and none has doors that it does not use', () => {
  const wrong = packages.filter(
    ({ from, name }) =>
      !(doors[name] ?? []).some((door) => from === door || (door.endsWith('/') && from.startsWith(door))),
  )
  expect(wrong).toEqual([])
  const unused = Object.entries(doors).flatMap(([name, own]) =>
    own.filter((door) => !packages.some((one) => one.name === name && one.from.startsWith(door))),
  )
  expect(unused).toEqual([])
})

test('the table of doors in src/README.md is that of the code', () => {
  const table = readFileSync(join(src, 'README.md'), 'utf8')
  const rows = new Map(
    Array.from(table.matchAll(/^\| (\S+) \| [^|]* \| ([^|]*) \|/gm), ([, name = '', cell = '']) => [
      name,
      Array.from(cell.matchAll(/`([^`]+)`/g), ([, door = '']) => door).filter(
        (door) => !door.startsWith('.'),
      ),
    ]),
  )
  for (const [name, own] of Object.entries(doors)) expect([name, rows.get(name)]).toEqual([name, own])
})

test('nothing but the program touches the process and the console', () => {
  const effects = files.flatMap((file) => {
    if (file === 'main.ts') return []
    const text = readFileSync(join(src, file), 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*/g, '')
    const touched = text.match(
      /\bconsole\.|\bprocess\.(?:exit|exitCode|abort|stdin|stdout|stderr|argv|on|once|emit|env|kill|chdir|umask)\b/g,
    )
    const allowed = allowedOfProcess[file] ?? []
    return [...new Set(touched)].filter((what) => !allowed.includes(what)).map((what) => `${file}: ${what}`)
  })
  expect(effects).toEqual([])
})

test('there is no default export, no barrel but the public one, no utils', () => {
  expect(files.filter((file) => /export default/.test(readFileSync(join(src, file), 'utf8')))).toEqual([])
  expect(files.filter((file) => /utils?\.ts$|helpers?\.ts$/.test(file))).toEqual([])
  expect(files.filter((file) => file.endsWith('index.ts'))).toEqual(['index.ts'])
})
