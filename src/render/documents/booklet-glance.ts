import type { Line } from '../../markdown/line.ts'
import type { BookletContent } from './booklet-content.ts'
import type { GlanceColumn, GlanceFork, GlancePage, GlanceTie } from './booklet-layout.ts'
import { anchors, type GlanceLevel, type GlanceRail } from './booklet-parts.ts'
import type { PageOf } from './booklet-views.ts'

/** The map over two pages, as templates receive it: nothing runs through the gutter, lines carry on behind it. */

interface GlanceCellView extends GlanceLevel {
  readonly opens: Line | null
  readonly measure: string | null
  readonly column: number
  readonly row: number
  readonly page: number | null
  /** Whether the rail goes on below it. */
  readonly lower: boolean
  /** Whether the rail bends away at the end of the row. */
  readonly bends: boolean
  /** Whether its line ends with the text: nothing runs through the gutter. */
  readonly isOutermost: boolean
}

/** A row in which a rail has no level. */
interface GlanceGapView {
  readonly column: number
  readonly row: number
  readonly dashed: boolean
  readonly bends: boolean
}

interface GlanceForkView extends GlanceFork {
  readonly column: number
  readonly dashed: boolean
  readonly isFirst: boolean
  readonly isOutermost: boolean
}

interface GlanceTieView extends GlanceTie {
  readonly column: number
  readonly isOutermost: boolean
}

interface GlanceView {
  readonly id: string | null
  readonly heading: Line | null
  readonly measure: string | null
  readonly columns: number
  readonly rows: string
  readonly names: readonly {
    readonly name: Line
    readonly mark: GlanceRail['mark']
    readonly track: string
    /** Where the rail goes on from a page before. */
    readonly continued: Line | null
  }[]
  /** Where a rail comes down from a page before. */
  readonly uppers: readonly { readonly column: number; readonly dashed: boolean }[]
  readonly gaps: readonly GlanceGapView[]
  readonly forks: readonly GlanceForkView[]
  readonly ties: readonly GlanceTieView[]
  readonly cells: readonly GlanceCellView[]
}

/** @param continued what stands behind the name of a rail that goes on */
export function glanceView(
  content: BookletContent,
  page: GlancePage,
  continued: Line,
  pageOf: PageOf,
): GlanceView {
  const { title, rails } = content.glance as NonNullable<BookletContent['glance']>
  const columns = page.rails.map((column) => ({ ...column, own: rails[column.rail] as GlanceRail }))
  const isMeasured = page.rows.some((height) => height > 0)
  return {
    id: page.first ? anchors.glance : null,
    heading: page.first ? title : null,
    measure: null,
    columns: columns.length,
    rows: page.rows.map((height) => (isMeasured ? `${Math.round(height * 100) / 100}px` : 'auto')).join(' '),
    names: columns.map(({ own, above }) => ({
      name: own.name,
      mark: own.mark,
      track: own.track,
      continued: above ? continued : null,
    })),
    uppers: columns.flatMap(({ own, levels, above }, at) =>
      above ? [{ column: at + 1, dashed: own.levels[(levels[0]?.level ?? 0) - 1]?.dashed ?? false }] : [],
    ),
    gaps: columns.flatMap(({ own, levels, above, below, foot, ...column }, at) => {
      const rows = levels.map(({ row }) => row)
      const top = above ? 1 : Math.min(...rows)
      const bottom = below ? page.rows.length : Math.max(...rows)
      return page.rows.flatMap((_, index): GlanceGapView[] => {
        const row = index + 1
        const isBetween = row >= top && row <= bottom && !rows.includes(row)
        if (!isBetween && !foot.includes(row)) return []
        const next = levels.findLast((level) => level.row < row)?.level ?? (levels[0]?.level ?? 0) - 1
        const dashed = own.levels[next]?.dashed ?? false
        return [{ column: at + 1, row, dashed, bends: bendsBelow(column, row) }]
      })
    }),
    forks: columns.flatMap(({ own, forks }, at) =>
      forks.map((fork) => ({
        ...fork,
        column: at + 1,
        dashed: fork.part === 'bend' && (own.levels.at(-1)?.dashed ?? false),
        isFirst: at === 0,
        isOutermost: at === columns.length - 1,
      })),
    ),
    ties: columns.flatMap(({ ties }, at) =>
      ties.map((tie) => ({ ...tie, column: at + 1, isOutermost: at === columns.length - 1 })),
    ),
    cells: columns.flatMap(({ own, levels, above, below, foot, ...column }, at) => {
      const cells = levels.map(({ level: index, row }, position): GlanceCellView => {
        const level = own.levels[index] as GlanceLevel
        return {
          ...level,
          opens: level.opensFrom ?? null,
          measure: null,
          column: at + 1,
          row,
          page: pageOf(level.id),
          lower: position < levels.length - 1 || below || foot.includes(row + 1) || bendsBelow(column, row),
          bends: bendsBelow(column, row),
          isOutermost: at === columns.length - 1,
        }
      })
      // Read from the lowest up, unless the rail goes on over pages: those are read in their order.
      return above || below ? cells : cells.toReversed()
    }),
  }
}

function bendsBelow({ forks }: Pick<GlanceColumn, 'forks'>, row: number): boolean {
  return forks.some((fork) => fork.last && fork.row === row + 1)
}

/** Every rail as high as it needs, in both widths, for measuring: keys `g1/0/2` are width, rail and level. */
export function glanceGalleys(content: BookletContent, continued: Line, pageOf: PageOf): GlanceView[] {
  if (!content.glance) return []
  const { rails } = content.glance
  return [1, 2].map((columns) => {
    const cells = rails.flatMap(({ levels }, rail) =>
      levels.map((level, index) => ({
        ...level,
        opens: level.opensFrom ?? null,
        measure: `g${columns}/${rail}/${index}`,
        column: 1,
        row: rails.slice(0, rail).reduce((sum, other) => sum + other.levels.length, 0) + index + 1,
        page: pageOf(level.id),
        lower: false,
        bends: false,
        isOutermost: true,
      })),
    )
    return {
      id: null,
      heading: content.glance?.title ?? null,
      measure: `g${columns}`,
      columns,
      rows: cells.map(() => 'auto').join(' '),
      names: rails.slice(0, columns).map(({ name, mark, track }) => ({ name, mark, track, continued })),
      uppers: [],
      gaps: [],
      forks: [],
      ties: [],
      cells,
    }
  })
}
