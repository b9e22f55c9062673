import type { Diagnostic } from '../diagnostics/diagnostic.ts'

/** Either the value or why it could not be had. */
export type Loaded<T> = { readonly value: T } | { readonly diagnostics: readonly Diagnostic[] }

/** Whether something could not be read; then it says why. */
export function failed<T>(loaded: Loaded<T>): loaded is { readonly diagnostics: readonly Diagnostic[] } {
  return 'diagnostics' in loaded
}
