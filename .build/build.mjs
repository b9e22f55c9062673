// Makes dist/: the bundled program, its types, the fonts and the licences of what was bundled.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'

import { buildFonts } from './fonts.mjs'
import { latePackages } from './late.mjs'
import { pdfLibrary } from './pdf-library.mjs'
import { scriptOf } from './scripts.mjs'
import { templates } from './templates.mjs'
import { validators } from './validators.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)

/** @type {import('esbuild').BuildOptions} */
const bundling = {
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none', // all licences stand whole in THIRD-PARTY-LICENSES.txt
  logLevel: 'warning',
}

await rm('dist', { recursive: true, force: true })
const [bundled] = await Promise.all([
  bundle(),
  types(),
  buildFonts('dist/fonts'),
  // It is not compiled.
  cp('src/serve/page', 'dist/preview', { recursive: true }),
])
await writeFile('dist/THIRD-PARTY-LICENSES.txt', licences(bundledFiles(bundled.metafile)))

/** The program as scripts (see `scripts.mjs`), and the library, which others import, as a module. */
async function bundle() {
  const { outputFiles, metafile } = await build({
    ...bundling,
    entryPoints: ['src/main.ts', 'src/index.ts', 'src/finish/thread.ts'],
    entryNames: '[name]',
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    write: false,
    metafile: true,
    plugins: [validators, templates, pdfLibrary, latePackages],
    alias: { debug: './.build/silence.cjs' },
    // Handlebars uses it for source maps, and does without where it is missing.
    external: ['source-map'],
  })
  await mkdir('dist/chunks', { recursive: true })
  const whole = createHash('sha256')
  let main = ''
  for (const { path, text } of outputFiles) {
    const name = relative('dist', path)
    if (name === 'index.js') {
      await writeFile('dist/index.mjs', text)
      continue
    }
    const script = await scriptOf(text)
    whole.update(script)
    if (name === 'main.js') main = script
    else await writeFile(path, script)
  }
  // The code cache of the program has this name in its own (see `src/boot.ts`), so it must change whenever a script
  // does.
  const mainName = `main-${whole.digest('hex').slice(0, 16)}.js`
  await writeFile(join('dist', mainName), main)
  const command = await build({
    ...bundling,
    entryPoints: ['src/cli.ts'],
    write: false,
    define: { MAIN_SCRIPT: JSON.stringify(mainName) },
  })
  const [{ text }] = command.outputFiles
  await writeFile('dist/cli.js', await scriptOf(text), { mode: 0o755 })
  await writeFile('dist/package.json', '{ "type": "commonjs" }\n')
  return { metafile }
}

async function types() {
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json')
  const { bin } = JSON.parse(readFileSync(compiler, 'utf8'))
  const options =
    '--noEmit false --emitDeclarationOnly --declaration --outDir dist/types --rootDir src'.split(' ')
  const compiling = spawn(
    process.execPath,
    [join(dirname(compiler), bin.tsc), '-p', '.build/tsconfig.types.json', ...options],
    {
      stdio: 'inherit',
    },
  )
  const [code] = await once(compiling, 'exit')
  if (code !== 0) process.exit(code ?? 1)
  await writeFile('dist/types/package.json', '{ "type": "module" }\n')
  // A consumer's compiler has no such file, and may not be set to import JSON.
  const words = 'dist/types/render/words.d.ts'
  const keys = Object.keys(JSON.parse(readFileSync('templates/words/en.json', 'utf8')))
  const type = `declare const english: Readonly<Record<${keys.map((key) => `'${key}'`).join(' | ')}, string>>;`
  await writeFile(words, readFileSync(words, 'utf8').replace(/^import english .*$/m, type))
}

/** The files of which something is in the bundle. */
function bundledFiles({ outputs }) {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0),
  )
}

/** The licence of every package of which something was bundled. */
function licences(inputs) {
  const folders = new Set(inputs.flatMap((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []))
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version: of, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      const own = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)([.-]|$)/i.test(entry))
      // Some packages name the Apache licence and leave out its text, which must go along.
      const apache = license === 'Apache-2.0' ? 'node_modules/typescript/LICENSE' : undefined
      const file = own === undefined ? apache : join(folder, own)
      const text = file === undefined ? '' : `\n${readFileSync(file, 'utf8').trim()}\n`
      return `${name} ${of} (${license})\n${text}`
    })
    .join('\n----\n\n')
}
