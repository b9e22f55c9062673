import { didYouMean } from '../diagnostics/suggest.ts'
import { isDeviceName } from '../model/checks/reserved-ids.ts'

/** What a name pattern can stand for. */
const placeholders = ['track', 'level', 'edition', 'paper'] as const
export type Placeholder = (typeof placeholders)[number]

/** Why there is no name, in words. */
export interface NameProblem {
  readonly problem: string
  readonly hint: string
}

/** How many folders deep a file may lie. */
const mostFolders = 3

/** In bytes. File systems take 255 a part; numbers of pages and a staging name need some of them. */
const longestPart = 120
const longestName = 240

/** At the top of the output these belong to the build. */
const builds = new Set(['index', 'manifest', 'copy-shop'])

/**
 * Checks a name pattern before it is known what would be put into it: `offers/{edition}-{level}`. Parts between slashes
 * begin and end in a letter, a digit or a placeholder, so that none is `..`, hidden or absolute.
 *
 * @returns what is wrong with it
 */
export function judgePattern(pattern: string): NameProblem | undefined {
  const known = placeholders.map((word) => `{${word}}`)
  const unknown = [...pattern.matchAll(/\{([^{}]*)\}/g)]
    .map(([, word = '']) => word)
    .find((word) => !(placeholders as readonly string[]).includes(word))
  if (unknown !== undefined) {
    return {
      problem: `A name has no {${unknown}}`,
      hint: didYouMean(`{${unknown}}`, known) ?? `It has ${known.join(', ')}`,
    }
  }
  const parts = pattern.split('/')
  if (parts.length > mostFolders + 1) {
    return {
      problem: `"${shortened(pattern)}" lies more than ${mostFolders} folders deep`,
      hint: 'Leave a folder out',
    }
  }
  const plain = parts.map((part) => part.replace(/\{\w+\}/g, 'x'))
  if (plain.every((part) => /^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?$/.test(part))) return undefined
  return {
    problem: `"${shortened(pattern)}" cannot be the name of a file`,
    hint: /\.(?:html|pdf|png)$/i.test(pattern)
      ? 'Leave the ending out: it follows from the format'
      : 'Names have the letters A to Z, digits, - and _, and / between folders, such as offers/{edition}-{level}',
  }
}

/** The placeholders of a pattern. */
export function placeholdersOf(pattern: string): ReadonlySet<Placeholder> {
  return new Set(placeholders.filter((word) => pattern.includes(`{${word}}`)))
}

/**
 * The path that a sound pattern gives, without extension. Values are written as in addresses (`2026.1` becomes `2026-1`);
 * one that is empty takes the dash before it along.
 */
export function nameFrom(
  pattern: string,
  values: Readonly<Record<Placeholder, string>>,
): { readonly path: string } | NameProblem {
  const path = pattern
    .split('/')
    .map((part) =>
      part
        .replace(/([-_]?)\{(\w+)\}/g, (_, dash: string, word: Placeholder) => {
          const value = slug(values[word])
          return value === '' ? '' : `${dash}${value}`
        })
        .replace(/^[-_]+|[-_]+$/g, ''),
    )
    .join('/')
  const parts = path.split('/')
  const hint = 'Choose another name'
  if (parts.includes('')) {
    return { problem: `"${pattern}" leaves nothing of a name`, hint: 'Add words of your own' }
  }
  const device = parts.find(isDeviceName)
  if (device !== undefined) return { problem: `Windows keeps the name "${device}" for a device`, hint }
  if (parts.length === 1 && builds.has(path.toLowerCase())) {
    return { problem: `"${path}" is a name of the build’s own files`, hint }
  }
  if (path.length > longestName || parts.some((part) => part.length > longestPart)) {
    return {
      problem: `"${shortened(path)}" is too long for the name of a file`,
      hint: `It may have ${longestName} bytes, and ${longestPart} between slashes`,
    }
  }
  return { path }
}

/** Words as they stand in addresses: small letters, digits and single dashes. Ids of two levels keep two between them. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .split('--')
    .map((part) => part.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, ''))
    .filter((part) => part !== '')
    .join('--')
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
