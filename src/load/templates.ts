import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { isInside } from './files.ts'
import { packageFolder } from './own-files.ts'

/** The texts of all templates, styles and words, by path below templates/. */
export type TemplateTexts = ReadonlyMap<string, string>

/** No template of ours has more than a few kB. */
const most = 512 * 1024
const known = /\.(hbs|css|json)$/

/**
 * The tool's templates, file by file replaced by those in the project's own templates folder.
 *
 * @param project real path of the project's folder
 */
export async function loadTemplates(
  project: string,
): Promise<{ templates: TemplateTexts; diagnostics: readonly Diagnostic[] }> {
  const own = join(packageFolder(), 'templates')
  const texts = await readAll(own)
  const diagnostics: Diagnostic[] = []
  const folder = join(project, 'templates')
  if ((await stat(folder).catch(() => undefined))?.isDirectory() !== true)
    return { templates: texts, diagnostics }
  const real = await realpath(folder)
  if (real === (await realpath(own))) return { templates: texts, diagnostics }
  if (!isInside(project, real)) {
    return {
      templates: texts,
      diagnostics: [diagnose('load/outside-project', '"templates" leads out of the ladder’s folder')],
    }
  }
  for (const path of await list(real)) {
    const name = relative(real, path).split(sep).join('/')
    const target = await realpath(path)
    if (!isInside(real, target)) {
      diagnostics.push(
        diagnose('load/outside-project', `"templates/${name}" leads out of the ladder’s folder`),
      )
      continue
    }
    if ((await stat(target)).size > most) {
      diagnostics.push(diagnose('load/too-large', `templates/${name} has more than ${most / 1024} kB`))
      continue
    }
    texts.set(name, await readFile(target, 'utf8'))
  }
  return { templates: texts, diagnostics }
}

async function readAll(folder: string): Promise<Map<string, string>> {
  const paths = await list(folder)
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')))
  return new Map(
    paths.map((path, index) => [relative(folder, path).split(sep).join('/'), texts[index] ?? '']),
  )
}

async function list(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => !entry.isDirectory() && known.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
