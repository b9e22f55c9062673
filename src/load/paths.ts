import { stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'

/** The ladder that is meant where none is named. */
export async function findLadder(cwd: string): Promise<string | undefined> {
  return (await existing(join(cwd, 'data', 'ladder.yaml'))) ?? (await existing(join(cwd, 'ladder.yaml')))
}

/** What is said where no ladder is named and none stands in the usual places. */
export function noLadder(): Diagnostic {
  return diagnose('usage/no-ladder', 'There is no data/ladder.yaml and no ladder.yaml here', {
    hint: 'Name the file behind the command: path/to/ladder.yaml',
  })
}

/**
 * The path of what is there, or stands where this user may not look, as reading it will say; undefined where nothing
 * is.
 */
export async function existing(path: string): Promise<string | undefined> {
  return stat(path).then(
    () => path,
    ({ code }: NodeJS.ErrnoException) => (code === 'EACCES' || code === 'EPERM' ? path : undefined),
  )
}

/** The name of a ladder that was asked for and does not exist; undefined if it exists, or none was named. */
export async function missingLadder({
  cwd,
  ladder,
}: {
  readonly cwd: string
  readonly ladder?: string
}): Promise<string | undefined> {
  if (ladder === undefined) return undefined
  const path = resolve(cwd, ladder)
  return (await existing(path)) === undefined ? shownPath(cwd, path) : undefined
}

/** The shorter way to name a file: from the current folder if it lies below it, with forward slashes. */
export function shownPath(cwd: string, path: string): string {
  const way = relative(cwd, path)
  const shown = way === '' || way.startsWith('..') ? path : way
  return shown.split(sep).join('/')
}

/**
 * A file of a folder, as it is named.
 *
 * @param folder as people named it; a root, such as `/` or `C:/`, ends with its slash
 * @param path from the folder, with forward slashes
 */
export function pathIn(folder: string, path: string): string {
  return folder.endsWith('/') ? `${folder}${path}` : `${folder}/${path}`
}
