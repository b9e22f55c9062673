/** The items `from` (inclusive) to `to` (exclusive) of a section, by its index: what of it stands in one place. */
export interface SectionCut {
  readonly section: number
  readonly from: number
  readonly to: number
}
