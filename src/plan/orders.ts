import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { levelsOf, type Ladder } from '../model/ladder.ts'
import type { Rungs } from '../model/rungs.ts'
import { formatsOf, type Job } from './job.ts'
import { checkSelection, planJobs, type Plan } from './jobs.ts'
import type { PaperKind, SheetKind } from './kinds.ts'
import { placeholdersOf } from './names.ts'
import { collisions, isOfAll, nameJob, type Ordered } from './outputs.ts'
import { builtInPacks, type Named, type Output, type Pack } from './packs.ts'
import { usesLetter } from './paper.ts'
import type { Press } from './press.ts'
import type { Selection } from './selection.ts'

/**
 * Settles which documents are made, on what paper and under which name: those that options choose, or those of packs.
 * Packs of press.yaml that nobody asked for are looked at as well, so that what is wrong with them is known.
 */
export function planBuild(
  ladder: Ladder,
  rungs: Rungs,
  press: Press,
  selection: Selection,
): { plan: Plan; diagnostics: readonly Diagnostic[] } {
  const { packs: names, tracks: _tracks, levels: _levels, ...whole } = selection
  const idle = press.packs
    .filter(({ name }) => !names?.includes(name))
    .flatMap((pack) => planPacks(ladder, rungs, press, whole, [pack]).diagnostics)
  if (!names) {
    const { plan, diagnostics } = planJobs(ladder, rungs, press, selection)
    const same = collisions(plan.chosen.map((job) => ({ job })))
    return { plan, diagnostics: [...diagnostics, ...same, ...idle] }
  }
  const known = [
    ...press.packs,
    ...builtInPacks(usesLetter(ladder.locale)).filter(
      ({ name }) => !press.packs.some((own) => own.name === name),
    ),
  ]
  const asked = [...new Set(names)]
  const unknown = asked
    .filter((name) => !known.some((pack) => pack.name === name))
    .map((name) =>
      diagnose('usage/unknown-pack', `There is no pack "${name}"`, {
        hint:
          didYouMean(
            name,
            known.map((pack) => pack.name),
          ) ?? `Packs are ${known.map((pack) => pack.name).join(', ')}`,
      }),
    )
  const packs = asked.flatMap((name) => known.filter((pack) => pack.name === name))
  const { plan, diagnostics } = planPacks(ladder, rungs, press, selection, packs)
  const choice = unknown.length > 0 ? [] : checkSelection(ladder, selection, plan)
  // If something is wrong with an output, that already explains why it makes nothing.
  const shown = diagnostics.length > 0 ? [] : choice
  return { plan, diagnostics: [...unknown, ...shown, ...diagnostics, ...idle] }
}

function planPacks(
  ladder: Ladder,
  rungs: Rungs,
  press: Press,
  selection: Selection,
  packs: readonly Pack[],
): { plan: Plan; diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = []
  const orders = packs.flatMap((pack) => pack.outputs.map((output) => ({ pack, output })))
  const ordered: Ordered[] = []
  const others: Job[] = []
  let index = false
  for (const { pack, output } of orders) {
    const unknown = unknownSubjects(ladder, output)
    diagnostics.push(...unknown)
    if (unknown.length > 0) continue
    if (output.kind === 'index') {
      index = true
      continue
    }
    const { chosen, all, problems } = planOutput(ladder, rungs, press, selection, output)
    diagnostics.push(...problems)
    const isNarrowed = selection.tracks !== undefined || selection.levels !== undefined
    if (chosen.length === 0 && problems.length === 0 && output.at && !isNarrowed) {
      diagnostics.push(emptyOutput(output))
    }
    others.push(...all)
    for (const job of chosen) {
      const named = nameJob(ladder, pack, output, job)
      if ('problem' in named) {
        diagnostics.push(
          diagnose('press/bad-name', named.problem, { at: output.name?.at ?? output.at, hint: named.hint }),
        )
        // One is enough: the others of this output have it as well.
        break
      }
      ordered.push({ output, job: { ...job, ...named, pack: pack.name, formats: output.formats } })
    }
  }
  diagnostics.push(...collisions(ordered))
  const { chosen, all } = together(
    ordered.map(({ job }) => job),
    others,
  )
  const isWhole = selection.tracks === undefined && selection.levels === undefined
  const plan: Plan = {
    all,
    chosen,
    index,
    formats: [...new Set(chosen.flatMap((job) => formatsOf(job, [])))],
    full: false,
    fullPacks: isWhole ? packs.map(({ name }) => name) : [],
  }
  return { plan, diagnostics }
}

/** The documents of an output, under their usual names; and all with which they share their sizes. */
function planOutput(
  ladder: Ladder,
  rungs: Rungs,
  press: Press,
  { tracks, levels }: Selection,
  output: Output,
): { chosen: readonly Job[]; all: readonly Job[]; problems: readonly Diagnostic[] } {
  const { kind, formats, notes, largePrint, tile, trim, paper, compare, imposition } = output
  const order: Selection = {
    only: [kind],
    formats,
    paper: paper ? { [paperKindOf(kind)]: paper } : {},
    ...(notes && { notes }),
    ...(largePrint && { largePrint }),
    ...(tile && { tiles: [tile] }),
    ...(trim && { trim }),
    ...(imposition && { impositions: [imposition] }),
    ...(compare && { compare: compare.map(({ text }) => text) }),
    ...(output.tracks && { tracks: output.tracks.map(({ text }) => text) }),
    ...(output.levels && { levels: output.levels.map(({ text }) => text) }),
  }
  const isNarrowed = tracks !== undefined || levels !== undefined
  const perTrack =
    output.tracks !== undefined || isNarrowed || placeholdersOf(output.name?.text ?? '').has('track')
  // Asked for by their tracks, stacks are those of single tracks.
  const every = ladder.tracks.map(({ id }) => id)
  const stacked = kind === 'stack' && perTrack ? { tracks: every } : {}
  const { plan, diagnostics } = planJobs(ladder, rungs, press, { ...stacked, ...order })
  const also = isNarrowed
    ? planJobs(ladder, rungs, press, {
        ...order,
        ...(tracks && { tracks }),
        ...(levels && { levels }),
      }).plan.chosen.map(({ id }) => id)
    : undefined
  const chosen = plan.chosen.filter((job) => {
    if (also && (!also.includes(job.id) || isOfAll(ladder, job))) return false
    if (largePrint && !job.largePrint) return false
    // What is made as well on the command line is all that an output is about.
    if ((tile || imposition) && !job.assembly) return false
    return kind !== 'stack' || perTrack || job.subjects.tracks.length === mostTracks(plan.all)
  })
  // What the order itself names has been checked; only its options for sheets are left.
  const problems = diagnostics
    .filter(({ code }) => code !== 'usage/nothing-selected')
    .map(({ message, hint }) =>
      diagnose('press/bad-output', message, { at: compare?.[0]?.at ?? output.at, hint }),
    )
  return { chosen, all: plan.all, problems }
}

/** A stack lies on the paper of the pages in it. */
function paperKindOf(kind: SheetKind | 'index'): PaperKind {
  return kind === 'stack' || kind === 'index' ? 'one-pager' : kind
}

function mostTracks(jobs: readonly Job[]): number {
  return Math.max(
    ...jobs.filter(({ kind }) => kind === 'stack').map(({ subjects }) => subjects.tracks.length),
  )
}

function unknownSubjects(ladder: Ladder, { tracks = [], levels = [] }: Output): Diagnostic[] {
  const find = (what: 'track' | 'level', names: readonly Named[], known: readonly string[]) =>
    names
      .filter(({ text }) => !known.includes(text))
      .map(({ text, at }) =>
        diagnose(`press/unknown-${what}`, `The ladder has no ${what} "${text}"`, {
          at,
          hint: didYouMean(text, known) ?? `Its ${what}s are ${known.slice(0, 30).join(', ')}`,
        }),
      )
  return [
    ...find(
      'track',
      tracks,
      ladder.tracks.map(({ id }) => id),
    ),
    ...find(
      'level',
      levels,
      levelsOf(ladder).map(({ level }) => level.id),
    ),
  ]
}

function emptyOutput({ kind, at }: Output): Diagnostic {
  return diagnose('press/bad-output', `This output makes no document of kind ${kind}`, {
    at,
    hint: 'Levels with described: false have no one-pager, and some kinds are made as PDF only',
  })
}

/**
 * The documents of several orders as one plan. One that several orders make has one id, and is fitted once; documents
 * that are not the same and have the same usual name get ids of their own.
 */
function together(named: readonly Job[], others: readonly Job[]): { chosen: Job[]; all: Job[] } {
  const ids = new Map<string, string>()
  const taken = new Set<string>()
  const identified = (job: Job): Job => {
    const { id, path: _path, formats: _formats, pack: _pack, ...rest } = job
    const key = JSON.stringify([id, rest])
    let own = ids.get(key)
    if (own === undefined) {
      own = id
      for (let copy = 2; taken.has(own); copy += 1) own = `${id} (${copy})`
      ids.set(key, own)
      taken.add(own)
    }
    return { ...job, id: own }
  }
  const chosen = named.map(identified)
  const all = [...chosen, ...others.map(identified)]
  return { chosen, all: all.filter((job, index) => all.findIndex(({ id }) => id === job.id) === index) }
}
