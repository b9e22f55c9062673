import type { FontFace } from '../load/font-set.ts'
import type { Job } from '../plan/job.ts'
import type { Plan } from '../plan/jobs.ts'
import type { SheetKind } from '../plan/kinds.ts'
import { addCharacters } from '../render/characters.ts'
import type { RenderContext } from '../render/context.ts'
import type { Engine } from '../render/engine.ts'
import { facesFor, noCharacters, type MissingCharacter } from '../render/fonts.ts'
import { hashOf } from '../text/hash.ts'
import { typesetBooklet } from '../typeset/booklet.ts'
import { typesetMatrices } from '../typeset/matrix.ts'
import { typesetNextSteps } from '../typeset/next-step.ts'
import { typesetOnePagers } from '../typeset/one-pager.ts'
import { typesetPoster } from '../typeset/poster.ts'
import type { Member, Typesetter } from '../typeset/typesetter.ts'
import { ladderHash } from './editions.ts'

/** Documents that are fitted together. What they say is worked out when it is first asked for. */
export interface PreparedKind {
  readonly kind: SheetKind
  /** Distinguishes these documents from other groups that are fitted together. */
  readonly name: string
  /** All that are fitted together, chosen or not. */
  readonly jobs: readonly Job[]
  /**
   * Hash of all that they say and are made with: where it is the same, so are their bytes. null where that is not
   * known.
   */
  readonly key: string | null
  /** Hash of all that they are set with, apart from what they say; null where that is not known. */
  readonly around: string | null
  readonly typesetter: Typesetter
  /** The faces of all documents of the kind, which are measured together. */
  readonly faces: readonly FontFace[]
  /** Characters of theirs that no font has. */
  readonly missing: readonly MissingCharacter[]
  readonly chosen: readonly PreparedDocument[]
}

/** A document that was chosen, with the fonts of its own text. */
export interface PreparedDocument extends Member {
  readonly faces: readonly FontFace[]
  /** Those of all documents of its kind: it is printed with the same as it was measured with. */
  readonly facesOfKind: readonly FontFace[]
  /** What no font has. */
  readonly missing: readonly MissingCharacter[]
}

const typesetters = {
  matrix: typesetMatrices,
  'next-step': typesetNextSteps,
  'one-pager': typesetOnePagers,
  poster: typesetPoster,
  stack: typesetOnePagers,
  booklet: typesetBooklet,
} satisfies Record<SheetKind, (engine: Engine, context: RenderContext, jobs: readonly Job[]) => Typesetter>

/** What documents are made with, beside what they say. */
export interface Making {
  /** Hash of program, browser, templates, press settings and fonts; null where it is not known. */
  readonly environment: string | null
  readonly black: boolean
  readonly dpi: number
  readonly date: string | undefined
  readonly sourceOf: (job: Job) => string | undefined
}

/** The kinds of a plan of which something is chosen, in the order in which they are best printed. */
export function prepareKinds(
  plan: Plan,
  engine: Engine,
  context: RenderContext,
  making: Making,
): PreparedKind[] {
  return heaviestFirst([...groupsOf(plan)]).flatMap(([name, jobs]): PreparedKind[] => {
    const ids = new Set(jobs.map(({ id }) => id))
    const chosen = plan.chosen.filter(({ id }) => ids.has(id)).toSorted((a, b) => weightOf(b) - weightOf(a))
    const [first] = jobs
    if (chosen.length === 0 || !first) return []
    const head = { kind: first.kind, name, jobs }
    return [lazily(head, () => prepareKind(head, chosen, engine, context, making))]
  })
}

/** What is known of a kind without looking at what it says. */
type KindHead = Pick<PreparedKind, 'kind' | 'name' | 'jobs'>
type KindWorkedOut = Omit<PreparedKind, keyof KindHead>

function lazily(head: KindHead, work: () => KindWorkedOut): PreparedKind {
  let known: KindWorkedOut | undefined
  const once = () => (known ??= work())
  return {
    ...head,
    get key() {
      return once().key
    },
    get around() {
      return once().around
    },
    get typesetter() {
      return once().typesetter
    },
    get faces() {
      return once().faces
    },
    get missing() {
      return once().missing
    },
    get chosen() {
      return once().chosen
    },
  }
}

/** A kind of which other documents are chosen, or in another order. Nothing of it is worked out before it is asked for. */
export function choosing(
  prepared: PreparedKind,
  choose: (chosen: readonly PreparedDocument[]) => readonly PreparedDocument[],
): PreparedKind {
  const { kind, name, jobs } = prepared
  return lazily({ kind, name, jobs }, () => {
    const { typesetter, faces, missing, chosen } = prepared
    return {
      get key() {
        return prepared.key
      },
      get around() {
        return prepared.around
      },
      typesetter,
      faces,
      missing,
      chosen: choose(chosen),
    }
  })
}

function prepareKind(
  { kind, jobs }: KindHead,
  chosen: readonly Job[],
  engine: Engine,
  context: RenderContext,
  making: Making,
): KindWorkedOut {
  const typesetter = typesetters[kind](engine, context, jobs)
  const together = noCharacters()
  for (const { characters } of typesetter.members) addCharacters(together, characters)
  const { faces, missing } = facesFor(context.fonts, together)
  const members = new Map(typesetter.members.map((member) => [member.job.id, member]))
  let keys: ReturnType<typeof keysOf> | undefined
  // Asked for once documents are printed, and sooner only where there are earlier ones.
  const keysOnce = () => (keys ??= keysOf(jobs, typesetter.members, faces, context, making))
  return {
    get key() {
      return keysOnce().key
    },
    get around() {
      return keysOnce().around
    },
    typesetter,
    faces,
    missing,
    chosen: chosen.map((job) => {
      const member = members.get(job.id)
      if (!member) throw new Error(`${job.id} has no member`)
      return { ...member, job, ...facesFor(context.fonts, member.characters), facesOfKind: faces }
    }),
  }
}

function keysOf(
  jobs: readonly Job[],
  members: readonly Member[],
  faces: readonly FontFace[],
  { ladder, isDraft, rollUp }: RenderContext,
  { environment, black, dpi, date, sourceOf }: Making,
): Pick<PreparedKind, 'key' | 'around'> {
  if (environment === null) return { key: null, around: null }
  const about = [ladder.title, ladder.edition ?? null, ladder.effective ?? null, ladder.locale]
  const around = { environment, black, isDraft, rollUp, about }
  return {
    around: hashOf({ ...around, faces: faces.map(({ path }) => path) }),
    key: hashOf({
      ...around,
      dpi,
      date: date ?? null,
      // At a lesser depth a poster says what does not stand in it at the greatest.
      ladder: jobs.some(({ kind }) => kind === 'poster') ? ladderHash(ladder) : null,
      members: members.map(({ job, content }) => ({ job, content, source: sourceOf(job) ?? null })),
    }),
  }
}

/**
 * Jobs that share one size: of one kind, on one paper, with as much room. A stack is made of one-pagers; a poster
 * stands alone.
 */
function groupsOf({ all }: Plan): ReadonlyMap<string, Job[]> {
  const groups = new Map<string, Job[]>()
  for (const job of all) {
    const { paper, orientation } = job.sheet
    const kind = job.kind === 'stack' ? 'one-pager' : job.kind
    const alone = kind === 'poster' ? job.id : ''
    const key = [kind, paper, orientation, job.turns, job.largePrint, job.notes, alone].join()
    groups.set(key, [...(groups.get(key) ?? []), job])
  }
  return groups
}

/** What takes longest to finish, most first: the last document is finished while nothing else is left to do. */
const weights = ['poster', 'booklet', 'matrix', 'next-step', 'stack', 'one-pager'] as const

function weightOf({ kind }: Job): number {
  return weights.length - weights.indexOf(kind)
}

function heaviestFirst(groups: readonly (readonly [string, Job[]])[]): (readonly [string, Job[]])[] {
  const weightOfGroup = (jobs: readonly Job[]) => Math.min(...jobs.map(weightOf))
  return groups.toSorted(([, a], [, b]) => weightOfGroup(b) - weightOfGroup(a))
}
