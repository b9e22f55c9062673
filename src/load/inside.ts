import { lstat, realpath } from 'node:fs/promises'
import { isAbsolute, relative, resolve, sep } from 'node:path'

import { diagnose } from '../diagnostics/diagnostic.ts'
import type { Location } from '../text/source.ts'
import { explainOpen } from './files.ts'
import type { Loaded } from './loaded.ts'

/**
 * The real path of a file that another file names, if it stays inside one of the project's folders, links
 * followed. What is named in a ladder must not be able to print other files of the machine.
 *
 * @param roots real paths of folders
 * @param folder the folder of the naming file
 */
export async function resolveInside(
  roots: readonly string[],
  folder: string,
  named: string,
  at: Location,
): Promise<Loaded<string>> {
  const outside = (hint?: string) => ({
    diagnostics: [
      diagnose('load/outside-project', `"${named}" leads out of the ladder’s folder`, { at, hint }),
    ],
  })
  if (isAbsolute(named) || /^[A-Za-z]:|^[a-z][a-z0-9+.-]*:|\\|\0|%2e|%2f|%5c/i.test(named)) {
    return outside('Write a path relative to this file, with forward slashes')
  }
  const path = resolve(folder, named)
  if (!roots.some((root) => isInside(root, path))) return outside()
  try {
    await lstat(path)
  } catch (error) {
    const [code, message] = explainOpen(error, named)
    return { diagnostics: [diagnose(code, message, { at })] }
  }
  try {
    const real = await realpath(path)
    return roots.some((root) => isInside(root, real))
      ? { value: real }
      : outside('It is a link to a place elsewhere')
  } catch {
    return { diagnostics: [diagnose('load/not-found', `${named} is a link that leads nowhere`, { at })] }
  }
}

/** Whether a path lies in a folder (not the folder itself). */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
