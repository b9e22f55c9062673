import { createBindery, type Bindery } from '../finish/bindery.ts'
import type { MeasuredGalleys } from '../typeset/typesetter.ts'
import type { PreparedKind } from './kinds.ts'
import { identityOf } from './unchanged.ts'

/** What builds of one ladder share that follow each other in one process. */
export interface Workshop {
  readonly bindery: Bindery
  /** @see identityOf */
  identity(options: Parameters<typeof identityOf>[0]): ReturnType<typeof identityOf>
  /** What was measured of a kind, as long as all but what its documents say stays as it is. */
  measured(kind: PreparedKind): MeasuredGalleys | undefined
  close(): void
}

/** @param keeps whether to keep what was measured, for a next build */
export function createWorkshop(keeps: boolean): Workshop {
  const bindery = createBindery()
  const kept = new Map<string, { around: string; boxes: MeasuredGalleys['before'] }>()
  // A program and a browser that are replaced while they run still run as they were.
  let identity: ReturnType<typeof identityOf> | undefined
  return {
    bindery,
    identity: (options) => (identity ??= identityOf(options)),
    measured(kind) {
      if (!keeps || kind.around === null) return undefined
      const { name, around } = kind
      const last = kept.get(name)
      const before: MeasuredGalleys['before'] = last?.around === around ? last.boxes : new Map()
      const now: MeasuredGalleys['now'] = new Map()
      kept.set(name, { around, boxes: now })
      return { before, now }
    },
    close: () => bindery.close(),
  }
}
