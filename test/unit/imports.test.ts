import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

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

/** Each outside package has one door. */
const doors: Record<string, string> = {
  yaml: 'yaml/',
  marked: 'markdown/parse.ts',
  entities: 'markdown/parse.ts',
  ajv: 'validate/',
  handlebars: 'render/engine.ts',
  'puppeteer-core': 'browser/',
  '@puppeteer/browsers': 'browser/fetch.ts',
  '@cantoo/pdf-lib': 'finish/library.ts',
  'tar-stream': 'browser/unpack.ts',
  fflate: 'publish/zip.ts',
  chokidar: 'load/watch.ts',
  open: 'serve/open.ts',
  commander: 'commands/program.ts',
  'fastest-levenshtein': 'diagnostics/suggest.ts',
}

const src = join(root, 'src')
const files = readdirSync(src, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts'))

interface Import {
  readonly from: string
  readonly to: string
}

const imports = files.flatMap((file): Import[] => {
  const text = readFileSync(join(src, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, to = '']) => ({ from: file, to }))
})

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
    .map(({ from, to }) => ({ from, to: relative(src, join(src, dirname(from), to)) }))
    .filter(({ from, to }) => folderOf(from) !== '' && !to.startsWith('..'))
    .filter(({ from, to }) => order.indexOf(folderOf(to)) > order.indexOf(folderOf(from)))
  expect(backwards).toEqual([])
})

test('each outside package has one door', () => {
  const wrong = imports
    .filter(({ to }) => !to.startsWith('.') && !to.startsWith('node:'))
    .map(({ from, to }) => ({
      from,
      name: to
        .split('/')
        .slice(0, to.startsWith('@') ? 2 : 1)
        .join('/'),
    }))
    .filter(({ from, name }) => doors[name] !== undefined && !from.startsWith(doors[name]))
  expect(wrong).toEqual([])
})

test('nothing but the program touches the process and the console', () => {
  const effects = files.filter((file) => {
    if (file === 'main.ts') return false
    const text = readFileSync(join(src, file), 'utf8')
    return /\bconsole\.|process\.(exit|stdout|stderr|argv|on)\b/.test(
      text.replace(/\/\*[^]*?\*\/|\/\/.*/g, ''),
    )
  })
  expect(effects).toEqual([])
})

test('there is no default export, no barrel but the public one, no utils', () => {
  expect(files.filter((file) => /export default/.test(readFileSync(join(src, file), 'utf8')))).toEqual([])
  expect(files.filter((file) => /utils?\.ts$|helpers?\.ts$/.test(file))).toEqual([])
  expect(files.filter((file) => file.endsWith('index.ts'))).toEqual(['index.ts'])
})
