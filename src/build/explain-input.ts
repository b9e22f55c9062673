import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import { FontFileError } from '../load/font-files.ts'
import { TemplateError } from '../render/engine.ts'

/**
 * A broken template or font, as a problem of the input.
 *
 * @throws whatever else it is given: that is a bug
 */
export function explainInput(error: unknown): Diagnostic {
  if (error instanceof FontFileError) {
    return diagnose('load/font-package-unusable', `A font cannot be used: ${error.message}`)
  }
  if (!(error instanceof TemplateError)) throw error
  return diagnose('press/template-broken', `templates/${error.template} cannot be used: ${error.message}`)
}
