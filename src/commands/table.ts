import stringWidth from 'fast-string-width'

import { visible } from '../diagnostics/frame.ts'

/** Columns of text lined up for a terminal, harmless for it; numbers to the right. */
export function table(
  head: readonly string[],
  written: readonly (readonly string[])[],
  right: readonly number[],
): string {
  const rows = written.map((row) => row.map(visible))
  const widths = head.map((cell, column) =>
    Math.max(stringWidth(cell), ...rows.map((row) => stringWidth(row[column] ?? ''))),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const pad = ' '.repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(cell)))
        return right.includes(column) ? pad + cell : cell + pad
      })
      .join('  ')
      .trimEnd()
  return [head, ...rows].map((row) => `${line(row)}\n`).join('')
}
