/** A whole number as somebody wrote it behind an option; NaN where it is none, or none from `least` to `most`. */
export function readWholeNumber(text: string, least: number, most: number): number {
  const number = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN
  return number >= least && number <= most ? number : Number.NaN
}
