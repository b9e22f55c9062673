import { createBindery, type Bindery } from '../finish/bindery.ts'
import type { MeasuredGalleys } from '../typeset/typesetter.ts'
import { identityOf } from './identity.ts'
import type { PreparedKind } from './kinds.ts'

/** What successive builds of one ladder in one process share. */
export interface Workshop {
  readonly bindery: Bindery
  /** @see identityOf */
  identity(options: Parameters<typeof identityOf>[0]): ReturnType<typeof identityOf>
  /** What was measured of a kind: valid as long as nothing changes but what its documents say. */
  measured(kind: PreparedKind): MeasuredGalleys | undefined
  /** Says that a kind was measured to the end: what was not needed for that is not kept any longer. */
  settled(kind: PreparedKind): void
  close(): void
}

/** @param keeps whether to keep what was measured, for a next build */
export function createWorkshop(keeps: boolean): Workshop {
  const bindery = createBindery()
  const kept = new Map<string, MeasuredGalleys & { readonly around: string }>()
  // A program and a browser that are replaced while they run still run as they were.
  let identity: ReturnType<typeof identityOf> | undefined
  return {
    bindery,
    identity: (options) => (identity ??= identityOf(options)),
    measured(kind) {
      if (!keeps || kind.around === null) return undefined
      const { name, around } = kind
      const last = kept.get(name)
      // Of what was not measured to the end, all that is known is kept.
      const before: MeasuredGalleys['before'] =
        last?.around === around ? new Map([...last.before, ...last.now]) : new Map()
      const now: MeasuredGalleys['now'] = new Map()
      kept.set(name, { around, before, now })
      return { before, now }
    },
    settled({ name }) {
      const last = kept.get(name)
      if (last) kept.set(name, { ...last, before: new Map() })
    },
    close: () => bindery.close(),
  }
}
