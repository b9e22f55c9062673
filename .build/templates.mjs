// Compiles the tool's own templates, so that the bundle needs neither Handlebars' compiler nor the time it takes.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import Handlebars from 'handlebars'

/** An esbuild plugin that puts them in the place of src/render/precompiled.ts. */
export const templates = {
  name: 'templates',
  setup(build) {
    build.onLoad({ filter: /src\/render\/precompiled\.ts$/ }, () => ({ contents: source(), loader: 'js' }))
  },
}

function source() {
  const engine = readFileSync('src/render/engine.ts', 'utf8')
  // Kept in one place: the helpers that templates may use.
  const helpers = /const helpers = \{([\s\S]*?)\n\}\n/.exec(engine)?.[1] ?? ''
  const names = [...helpers.matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name)
  const options = {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(names.map((name) => [name, true])),
    noEscape: false,
  }
  const paths = readdirSync('templates', { recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.hbs'))
    .sort()
  const entries = paths.map((path) => {
    const text = readFileSync(join('templates', path), 'utf8')
    // Its type says that this is the thing itself; it is its source.
    const code = /** @type {string} */ (
      /** @type {unknown} */ (
        Handlebars.precompile(path.startsWith('partials/') ? text.replace(/\r?\n$/, '') : text, options)
      )
    )
    const hash = createHash('sha256').update(text).digest('hex')
    return `[${JSON.stringify(path)}, { sha256: '${hash}', template: ${code} }]`
  })
  return `export const precompiled = new Map([\n${entries.join(',\n')}\n])\n`
}
