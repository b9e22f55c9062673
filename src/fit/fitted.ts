/** How a document is set, and what that took. */
export type Fitted<Layout> =
  | {
      readonly layout: Layout
      readonly pages: number
      /** Beyond choosing the size, in the order in which they were tried. */
      readonly remedies: readonly string[]
      /** How much of its sheets the text takes, 0 to 1. */
      readonly fill: number
    }
  | { readonly tooHigh: TooHigh }

/** Text that cannot be cut and is higher than its sheet. */
export interface TooHigh {
  readonly ref: string
  /** In mm. */
  readonly excess: number
}
