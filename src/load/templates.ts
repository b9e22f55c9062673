import { readFileSync, type Dirent } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { decode } from './decode.ts'
import { readBytes, readEntries } from './files.ts'
import { entriesBelow } from './folders.ts'
import { isInside } from './inside.ts'
import { failed } from './loaded.ts'
import { packageFolder } from './own-files.ts'

/** The texts of all templates, styles and words, by path below templates/: `one-pager.hbs`, `styles/base.css`. */
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
  const entries = readEntries(real, 'templates')
  if (failed(entries)) return { templates: texts, diagnostics: entries.diagnostics }
  const usual = new Map([...texts.keys()].map((name) => [name.toLowerCase(), name]))
  for (const path of foldersIn(entries.value)) {
    const name = `templates/${relative(real, path).split(sep).join('/')}`
    diagnostics.push(diagnose('load/not-read', `${name} is a folder, and is not read`))
  }
  for (const path of await filesIn(entries.value)) {
    const name = `templates/${relative(real, path).split(sep).join('/')}`
    const target = await realpath(path).catch(() => undefined)
    if (target === undefined) {
      diagnostics.push(diagnose('load/not-found', `${name} is a link that leads nowhere`))
    } else if (!isInside(real, target)) {
      diagnostics.push(diagnose('load/outside-project', `"${name}" leads out of the ladder’s folder`))
    } else if (!known.test(path)) {
      diagnostics.push(diagnose('load/unreadable', `${name} is a link to a folder, which is not followed`))
    } else {
      const bytes = await readBytes(target, name, most)
      const source = failed(bytes) ? bytes : decode(bytes.value, name)
      if (failed(source)) diagnostics.push(...source.diagnostics)
      else {
        const key = name.slice('templates/'.length)
        const hint = misnamed(key, usual)
        if (hint !== null)
          diagnostics.push(diagnose('load/not-read', `${name} takes the place of no template`, { hint }))
        texts.set(key, source.value.text)
      }
    }
  }
  return { templates: texts, diagnostics }
}

/**
 * What to do about a file that is not called like one of ours, or null where it need not be: partials are named by
 * templates, and words by languages.
 *
 * @param usual the names of ours, by those in small letters
 */
function misnamed(key: string, usual: ReadonlyMap<string, string>): string | null {
  const meant = usual.get(key.toLowerCase())
  if (meant === key) return null
  if (meant !== undefined) return `Capitals count: call it templates/${meant}`
  if (/^(?:partials|words)\//.test(key)) return null
  const hint = didYouMean(key, usual.values())
  return (
    hint ?? 'Only files that are called like those of Ladderpress are read; templates/README.md lists them'
  )
}

async function readAll(folder: string): Promise<Map<string, string>> {
  const paths = await filesIn(entriesBelow(folder))
  // One after the other: asking for so many small files at once takes Node longer.
  return new Map(
    paths.map((path) => [relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8')]),
  )
}

/** Folders that are called like templates. */
function foldersIn(entries: readonly Dirent[]): string[] {
  return entries
    .filter((entry) => entry.isDirectory() && known.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Everything that is a template by its name, and every link to a folder, where some could be meant to be. */
async function filesIn(entries: readonly Dirent[]): Promise<string[]> {
  const paths: string[] = []
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    const isFolder = entry.isSymbolicLink() && (await stat(path).catch(() => undefined))?.isDirectory()
    if (isFolder || (!entry.isDirectory() && known.test(entry.name))) paths.push(path)
  }
  return paths.sort()
}
