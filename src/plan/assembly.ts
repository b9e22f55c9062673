import type { Imposition } from './imposition.ts'
import type { Sheet } from './paper.ts'
import type { TilePlan } from './tiles.ts'

/** What becomes of a document's pages on other sheets, for the press alone. */
export type Assembly =
  | { readonly by: Imposition; readonly sheet: Sheet }
  | {
      readonly by: 'tiles'
      readonly plan: TilePlan
      /** From other papers, a poster about as large. */
      readonly others: readonly TilePlan[]
    }
