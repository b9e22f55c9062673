import type { Job } from '../plan/job.ts'
import { layDown, parsePaper, type Sheet } from '../plan/paper.ts'

/** Where somebody is told to take a larger paper: which one, and how they say so. */

const usual = ['A4', 'A3', 'A2', 'A1', 'A0']

/**
 * How to ask for a paper that is larger than that of a document, in brackets and with a blank before them; nothing where
 * there is no larger one. Outputs of packs say their papers themselves, and `--paper` is refused beside them.
 *
 * @param least the smallest that is worth a try
 */
export function askLarger(job: Pick<Job, 'kind' | 'sheet' | 'pack'>, least: string): string {
  const larger = usual.slice(usual.indexOf(least)).find((name) => isLarger(name, job.sheet))
  return larger === undefined ? '' : ` (${askFor(job, larger)})`
}

/** How to ask for a paper: on the command line, or in the output of the pack that the document belongs to. */
export function askFor({ kind, pack }: Pick<Job, 'kind' | 'pack'>, paper: string): string {
  if (pack !== undefined) return `paper: ${paper} in its output of the pack ${pack}, in press.yaml`
  return `--paper ${kind === 'stack' ? 'one-pager' : kind}=${paper}`
}

function isLarger(name: string, sheet: Sheet): boolean {
  const choice = parsePaper(name)
  if ('problem' in choice) return false
  const { width, height } = layDown(choice, sheet.orientation)
  return width >= sheet.width && height >= sheet.height && width * height > sheet.width * sheet.height
}
