import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Ladder } from '../model/ladder.ts'
import type { Job } from './job.ts'
import type { SheetKind } from './kinds.ts'
import { nameFrom, placeholdersOf, type Placeholder } from './names.ts'
import type { Output, Pack } from './packs.ts'

/** What a document of a kind is about, as its name can say it. Each has an edition and a paper. */
const subjectsOf: Readonly<Record<SheetKind, readonly Placeholder[]>> = {
  matrix: ['track'],
  'one-pager': ['track', 'level'],
  poster: [],
  booklet: [],
  'next-step': ['track', 'level'],
  stack: ['track'],
}

/** A document under the name that it gets, and the output that asks for it, where one does. */
export interface Ordered {
  readonly job: Job
  readonly output?: Output
}

/** Whether a document is about the whole ladder, where that has several tracks. */
export function isOfAll(ladder: Ladder, { kind, subjects }: Job): boolean {
  const isOfLevels = subjectsOf[kind].includes('level')
  return !isOfLevels && ladder.tracks.length > 1 && subjects.tracks.length === ladder.tracks.length
}

/** The path of a document of an output: by its pattern, else its usual one in a folder of the pack. */
export function nameJob(ladder: Ladder, pack: Pack, output: Output, job: Job): ReturnType<typeof nameFrom> {
  if (!output.name)
    return nameFrom(`${pack.name}/${job.path}`, { track: '', level: '', edition: '', paper: '' })
  const pattern = output.name.text
  const { tracks, levels } = job.subjects
  const wrong = [...placeholdersOf(pattern)].find(
    (word) => (word === 'track' || word === 'level') && !subjectsOf[job.kind].includes(word),
  )
  if (wrong) {
    return {
      problem: `An output of kind ${job.kind} has no {${wrong}} in its name`,
      hint: `Its documents are not about one ${wrong}`,
    }
  }
  return nameFrom(pattern, {
    track: tracks.join('--'),
    level: levels.join('--'),
    edition: ladder.edition ?? '',
    paper: paperOf(job),
  })
}

/** The paper that goes into the printer. */
function paperOf({ sheet, assembly }: Job): string {
  if (!assembly) return sheet.paper
  return assembly.by === 'tiles' ? assembly.plan.tile.paper : assembly.sheet.paper
}

/** Documents that would be written over each other, also where capitals do not count. */
export function collisions(ordered: readonly Ordered[]): Diagnostic[] {
  const taken = new Map<string, Ordered>()
  const said = new Set<string>()
  const nameOf = (order: Ordered) => String(ordered.findIndex(({ output }) => output === order.output))
  return ordered.flatMap((next): Diagnostic[] => {
    const key = next.job.path.toLowerCase()
    const first = taken.get(key)
    if (!first) {
      taken.set(key, next)
      return []
    }
    // One collision between two outputs stands for all.
    const pair = `${nameOf(first)} ${nameOf(next)}`
    if (said.has(pair)) return []
    said.add(pair)
    const { output } = next
    const place = (of: Output | undefined) => of?.name?.at ?? of?.at
    const [at, other] = [place(output), place(first.output)]
    return [
      diagnose(
        'press/same-name',
        `${sayJob(first.job)} and ${sayJob(next.job)} would both be ${next.job.path}`,
        {
          at,
          hint: whatToAdd(first, next),
          ...(other && other !== at && { related: [{ message: 'the other one', at: other }] }),
        },
      ),
    ]
  })
}

function sayJob(job: Job): string {
  return `${job.id} on ${paperOf(job)}`
}

/** What tells two documents apart. */
function whatToAdd({ job, output }: Ordered, other: Ordered): string {
  const isOther = (one: readonly string[], two: readonly string[]) => one.join() !== two.join()
  const { subjects } = other.job
  const differs: Record<string, boolean> = {
    level: isOther(job.subjects.levels, subjects.levels),
    track: isOther(job.subjects.tracks, subjects.tracks),
    paper: paperOf(job) !== paperOf(other.job),
  }
  const word = [...subjectsOf[other.job.kind].toReversed(), 'paper' as const].find((name) => differs[name])
  if (!output) return 'Make one of them with --out in another folder'
  return output === other.output && word && !placeholdersOf(output.name?.text ?? '').has(word)
    ? `Add {${word}} to the name`
    : 'Give one of them another name'
}
