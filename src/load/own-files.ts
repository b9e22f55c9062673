import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

let found: string | undefined

/** The folder of this package: where templates, schemas and fonts lie, in a checkout as well as installed. */
export function packageFolder(): string {
  if (found !== undefined) return found
  let folder = dirname(fileURLToPath(import.meta.url))
  for (let up = 0; up < 8; up += 1) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest) && readFileSync(manifest, 'utf8').includes('"name": "ladderpress"')) {
      found = folder
      return folder
    }
    folder = dirname(folder)
  }
  throw new Error('The package folder of ladderpress is incomplete: no package.json above its program')
}

/** The tool's own version. */
export function toolVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as {
    version: string
  }
  return version
}
