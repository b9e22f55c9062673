/** A whole number as English has it, `12,345`, for terminals: the tables of `Intl` would be loaded for that alone. */
export function thousands(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',')
}
