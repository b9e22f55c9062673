import { join, relative } from 'node:path'

import { diagnose, hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { createFontReader, type FontReader } from '../load/font-files.ts'
import type { FontSet } from '../load/font-set.ts'
import { addFontPackages, loadOwnFonts } from '../load/fonts.ts'
import { hashInputs } from '../load/inputs.ts'
import type { Project, YamlFile } from '../load/project.ts'
import { loadTemplates, type TemplateTexts } from '../load/templates.ts'
import type { Ladder } from '../model/ladder.ts'
import type { Job } from '../plan/job.ts'
import type { Plan } from '../plan/jobs.ts'
import { planBuild } from '../plan/orders.ts'
import { tooManyPixels } from '../plan/pictures.ts'
import { usualDpi } from '../plan/resolution.ts'
import type { Selection } from '../plan/selection.ts'
import { createContext, type RenderContext } from '../render/context.ts'
import { engineOf, type Engine } from '../render/engine.ts'
import { createWords, wordFiles, wordProblems, type WordProblem } from '../render/words.ts'
import { hashOf } from '../text/hash.ts'
import { sourceOf } from './embedded-source.ts'
import { explainInput } from './explain-input.ts'
import { prepareKinds, type PreparedDocument, type PreparedKind } from './kinds.ts'
import type { ReadLadder } from './read.ts'

/** Everything a build needs before a browser is asked. */
export interface Prepared {
  readonly plan: Plan
  readonly engine: Engine
  /** The press settings as they are written. */
  readonly press: YamlFile | undefined
  readonly context: RenderContext
  readonly fonts: FontSet
  readonly readFonts: FontReader
  readonly kinds: readonly PreparedKind[]
  /** The date that PDFs bear, as ISO 8601 in UTC: that of the edition, or the one asked for. */
  readonly date: string | undefined
  /** Whether files are to have no colour. */
  readonly black: boolean
  /** Pixels an inch of pictures. */
  readonly dpi: number
  /** Hash of what every document is made with: program, browser, templates, press settings, fonts. */
  readonly environment: string | null
  /** Absolute paths of what was read here, or looked for. */
  readonly read: readonly string[]
  /** The YAML to embed in a document, if any. */
  sourceOf(job: Job): string | undefined
}

/**
 * plan ─► render, up to what each document says. A broken template is a problem of the input.
 *
 * @param identity of the program and the browser, where it is known
 * @returns beside all that, absolute paths of what was read or looked for
 */
export async function prepare(
  read: ReadLadder,
  selection: Selection,
  env: NodeJS.ProcessEnv,
  identity: string | undefined,
): Promise<Preparing> {
  const inputs = [join(read.project.folder, 'templates')]
  try {
    return await prepareDocuments(read, selection, env, identity, inputs)
  } catch (error) {
    return { inputs, diagnostics: [explainInput(error)] }
  }
}

interface Preparing {
  readonly prepared?: Prepared
  readonly inputs: readonly string[]
  readonly diagnostics: readonly Diagnostic[]
}

async function prepareDocuments(
  read: ReadLadder,
  selection: Selection,
  env: NodeJS.ProcessEnv,
  identity: string | undefined,
  inputs: string[],
): Promise<Preparing> {
  const { ladder, rungs, press, project, sealed } = read
  const { plan, diagnostics: planned } = planBuild(ladder, rungs, press, selection)
  const [ownFonts, { templates, diagnostics: loaded }] = await Promise.all([
    loadOwnFonts(),
    loadTemplates(project.folder),
  ])
  const { fonts, packages, diagnostics: named } = await addFontPackages(ownFonts, project.folder, press.fonts)
  inputs.push(...packages)
  const dated = dateOf(env, ladder.effective)
  const dpi = selection.dpi ?? usualDpi
  const diagnostics = [
    ...planned,
    ...loaded,
    ...named,
    ...dated.diagnostics,
    ...checkRollUp(ladder, selection),
    ...tooManyPixels(plan, dpi),
  ]
  if (hasErrors(diagnostics)) return { inputs, diagnostics }

  const engine = await engineOf(templates)
  const translation = translationFor(templates, ladder.locale)
  if ('problems' in translation) {
    const broken = translation.problems.map(({ message, hint }) =>
      diagnose('press/template-broken', message, { hint }),
    )
    return { inputs, diagnostics: broken }
  }
  const words = createWords(ladder.locale, translation.words)
  const context = createContext(ladder, rungs, press, words, fonts, {
    isDraft: sealed === false,
    rollUp: selection.rollUp === true,
    paperSize: selection.paperSize === true,
  })
  const environment = identity === undefined ? null : environmentOf(identity, project, templates, packages)
  const embedded = (job: Job) => (selection.embedSource === true ? sourceOf(read, job) : undefined)
  const black = selection.ink === 'black'
  const kinds = prepareKinds(plan, engine, context, {
    environment,
    black,
    dpi,
    date: dated.date,
    sourceOf: embedded,
  })
  return {
    prepared: {
      plan,
      engine,
      press: project.press,
      context,
      fonts,
      readFonts: createFontReader(),
      kinds,
      date: dated.date,
      black,
      dpi,
      environment,
      read: inputs,
      sourceOf: embedded,
    },
    inputs,
    diagnostics,
  }
}

/** `--roll-up` prints what the levels below ask, which holds for a level only in a ladder that adds. */
function checkRollUp({ style }: Ladder, { rollUp }: Selection): Diagnostic[] {
  if (rollUp !== true || style === 'additive') return []
  return [
    diagnose('usage/bad-value', '--roll-up needs a ladder whose levels add to those below', {
      hint: 'Where that is so, say it in the ladder: style: additive',
    }),
  ]
}

/**
 * Hash of what every document is made with.
 *
 * @param packages paths by which one can tell whether a font package has changed or appeared
 */
function environmentOf(
  identity: string,
  { folder, press }: Project,
  templates: TemplateTexts,
  packages: readonly string[],
): string {
  const inputs = packages.map((path) => relative(folder, path))
  return hashOf({
    identity,
    templates: [...templates],
    press: press?.source.text ?? null,
    fonts: hashInputs(folder, inputs),
  })
}

/** All documents that were chosen, as the plan has them. */
export function inOrderOfPlan({ kinds, plan }: Pick<Prepared, 'kinds' | 'plan'>): PreparedDocument[] {
  const all = new Map(kinds.flatMap(({ chosen }) => chosen.map((document) => [document.job.id, document])))
  return plan.chosen.flatMap(({ id }) => all.get(id) ?? [])
}

/**
 * The date of a document that is the same on any day: the one that the environment asks for, else the edition's.
 *
 * @see https://reproducible-builds.org/specs/source-date-epoch/
 */
function dateOf(
  { SOURCE_DATE_EPOCH: asked }: NodeJS.ProcessEnv,
  effective: string | undefined,
): { date: string | undefined; diagnostics: Diagnostic[] } {
  if (asked === undefined || asked === '')
    return { date: effective && `${effective}T00:00:00Z`, diagnostics: [] }
  const date = new Date(/^\d{1,12}$/.test(asked) ? Number(asked) * 1000 : Number.NaN)
  if (!Number.isNaN(date.getTime()) && date.getUTCFullYear() <= 9999)
    return { date: `${date.toISOString().slice(0, 19)}Z`, diagnostics: [] }
  const hint = 'For example SOURCE_DATE_EPOCH=1767225600'
  const message = /^\d+$/.test(asked)
    ? `SOURCE_DATE_EPOCH (${asked}) lies beyond the year 9999`
    : `SOURCE_DATE_EPOCH is a number of seconds since 1970, not "${asked}"`
  return { date: undefined, diagnostics: [diagnose('usage/bad-value', message, { hint })] }
}

/** The words of a language: ours, or the project's in its templates/words. */
function translationFor(
  templates: TemplateTexts,
  locale: string,
): { words: Record<string, string> | undefined } | { problems: WordProblem[] } {
  for (const name of wordFiles(locale)) {
    const text = templates.get(`words/${name}.json`)
    if (text === undefined) continue
    const file = `templates/words/${name}.json`
    try {
      const words = JSON.parse(text) as unknown
      if (words !== null && typeof words === 'object' && !Array.isArray(words)) {
        const problems = wordProblems(file, words as Record<string, unknown>)
        return problems.length > 0 ? { problems } : { words: words as Record<string, string> }
      }
    } catch {
      // Said below, with the name of the file.
    }
    return { problems: [{ message: `${file} is not a JSON object of words` }] }
  }
  return { words: undefined }
}
