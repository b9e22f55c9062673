import { join } from 'node:path'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { isInside } from '../load/inside.ts'
import { packageFolder } from '../load/own-files.ts'
import type { Project } from '../load/project.ts'
import { formatsOf } from '../plan/job.ts'
import { PublishError } from '../publish/faults.ts'
import { refuseForeign, refuseForeignZip } from '../publish/foreign.ts'
import { listedPaths, manifestPath } from '../publish/manifest.ts'
import { writeFileWhole } from '../publish/staging.ts'
import type { BuildResult } from './options.ts'
import type { Prepared } from './prepare.ts'
import { recordBuild, type BuildRecord, type Publication } from './record.ts'

/**
 * Refuses an output folder in a folder of templates: what is put there would be read by the next build, and a watch
 * would never end.
 *
 * @param folder absolute path of the output folder
 * @returns usage/bad-value
 */
export function amongTemplates(
  { folder: project, ladderFolder: { named, real } }: Project,
  folder: string,
  shown: string,
): Diagnostic | undefined {
  const projects = project === real ? [project, named] : [project]
  const templates = [...projects, packageFolder()].map((root) => join(root, 'templates'))
  if (!templates.some((root) => folder === root || isInside(root, folder))) return undefined
  return diagnose('usage/bad-value', `--out does not take "${shown}": templates are read from there`, {
    hint: 'Choose a folder beside them, for example --out out',
  })
}

/**
 * Before anything is printed, looks for files of others that would be replaced; `recordBuild` looks again, at every
 * file.
 *
 * @throws PublishError
 */
export async function refuseEarly(
  { plan }: Prepared,
  folder: string,
  shown: string,
  isZipped: boolean,
): Promise<void> {
  const listed = await listedPaths(folder)
  const documents = plan.chosen.flatMap((job) =>
    formatsOf(job, plan.formats)
      .filter((format) => format !== 'png')
      .map((format) => `${job.path}.${format}`),
  )
  const paths = [...documents, ...(plan.index ? ['index.html'] : []), manifestPath]
  await refuseForeign(
    folder,
    shown,
    listed,
    paths.map((path) => ({ path })),
  )
  if (isZipped) await refuseForeignZip(`${folder}.zip`, `${shown}.zip`)
}

/**
 * Stages the index and the manifest behind all else, then puts everything into place: the manifest last.
 *
 * @returns what was written, and what is told of files that could not be removed
 * @throws PublishError
 * @throws Overtaken
 */
export async function publish(
  publication: Publication,
): Promise<Pick<BuildRecord, 'files' | 'paths' | 'unchanged'> & { readonly stuck: readonly Diagnostic[] }> {
  const { output } = publication
  // Of two builds that end at one moment, one puts all of its files into place before the other does.
  return output.alone(async () => {
    const record = await recordBuild(publication)
    await output.stage(record.manifest.path, record.manifest.bytes)
    for (const file of record.others) await output.stage(file.path, file.bytes)
    const order = [...record.files.map(({ path }) => path), record.manifest.path]
    const stuck = await output.commit(order, record.remove)
    return { ...record, stuck }
  })
}

/**
 * Everything of ours in the output folder, in one file beside it. The folder stays as it is where that cannot be
 * written.
 */
export async function packOutput(
  folder: string,
  shown: string,
  paths: readonly string[],
  date: string | undefined,
): Promise<NonNullable<BuildResult['zip']> | Diagnostic> {
  const { zipOf } = await import('../publish/zip.ts')
  const path = `${shown}.zip`
  try {
    const bytes = await zipOf(folder, shown, paths, date)
    await writeFileWhole(`${folder}.zip`, path, bytes)
    return { path, bytes: bytes.length }
  } catch (error) {
    if (error instanceof PublishError) return error.diagnostic
    throw error
  }
}
