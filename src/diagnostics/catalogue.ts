import { ladderCodes } from './catalogue/ladder.ts'
import { loadCodes } from './catalogue/load.ts'
import { markdownCodes } from './catalogue/markdown.ts'
import { pressCodes } from './catalogue/press.ts'
import { printCodes } from './catalogue/print.ts'
import { publishCodes } from './catalogue/publish.ts'
import { schemaCodes } from './catalogue/schema.ts'
import { usageCodes } from './catalogue/usage.ts'
import { verifyCodes } from './catalogue/verify.ts'
import { yamlCodes } from './catalogue/yaml.ts'
import type { CatalogueEntry } from './entry.ts'

const entries = {
  ...usageCodes,
  ...loadCodes,
  ...yamlCodes,
  ...schemaCodes,
  ...markdownCodes,
  ...ladderCodes,
  ...pressCodes,
  ...printCodes,
  ...publishCodes,
  ...verifyCodes,
}

/** A permanent word, `stage/what`. Codes are never renamed: people search for them and silence them. */
export type Code = keyof typeof entries

/** Every diagnostic the tool can give, in the order of the stages that give them. */
export const catalogue: Readonly<Record<Code, CatalogueEntry>> = entries

/** All codes, in the catalogue's order. */
export const codes = Object.keys(entries) as Code[]

/** Whether a word is one of the codes; guards the words that people type. */
export function isCode(word: string): word is Code {
  return Object.hasOwn(entries, word)
}
