import type { Line } from '../markdown/line.ts'
import type { DimensionGroup } from '../model/ladder.ts'
import type { RenderContext } from './context.ts'
import { nameOf } from './names.ts'

/** How groups part dimensions that stand one below the other. */
export interface Grouped {
  /** The group that begins with it. */
  readonly group: { readonly name: Line; readonly summary: Line | null } | null
  /** It stands in no group, and behind one: what parts them says so. */
  readonly endsGroup?: true
}

/**
 * A dimension by its group.
 *
 * @param before the group of the one above it
 */
export function groupedBelow(
  context: RenderContext,
  group: DimensionGroup | undefined,
  before: DimensionGroup | undefined,
): Grouped {
  if (!group) return { group: null, ...(before && { endsGroup: true as const }) }
  return {
    group: group === before ? null : { name: nameOf(context, group), summary: group.summary ?? null },
  }
}

/** Whether the dimension at an index stands in a group, which began with it or above it. */
export function isInGroup(dimensions: readonly Grouped[], index: number): boolean {
  const parting = dimensions.slice(0, index + 1).findLast(({ group, endsGroup }) => group ?? endsGroup)
  return parting !== undefined && parting.group !== null
}

/** What has a summary, and perhaps begins a group that has one, without both. */
export function withoutSummary<Described extends Grouped & { readonly summary: Line | null }>(
  described: Described,
): Described {
  const { group } = described
  return { ...described, summary: null, group: group && { ...group, summary: null } }
}
