import type { openSession, Session } from '../browser/session.ts'
import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Plan } from '../plan/jobs.ts'

/**
 * The browser, or why there is none. HTML can do without: it is then set without measuring, and a note says so.
 *
 * @returns notes whose messages are true on every machine; where something lies on this one, only hints say
 */
export async function sessionFor(
  plan: Pick<Plan, 'chosen' | 'formats'>,
  opening: ReturnType<typeof openSession>,
  named: string | undefined,
): Promise<
  { session: Session | null; notes: readonly Diagnostic[] } | { diagnostics: readonly Diagnostic[] }
> {
  if (plan.chosen.length === 0) return { session: null, notes: [] }
  const session = await opening
  if ('tried' in session) {
    const tried = session.tried.map(({ candidate, result }) => `${candidate}: ${result}`).join('; ')
    if (plan.formats.every((format) => format === 'html') && named === undefined) {
      return {
        session: null,
        notes: [
          diagnose('print/unfitted', 'No browser was found, so HTML was set without measuring', {
            hint: tried,
          }),
        ],
      }
    }
    return {
      diagnostics: [
        diagnose('print/no-browser', 'No browser was found that can print', {
          hint: /too many open files|EMFILE/i.test(tried)
            ? `Tried ${tried}. Let this process open more files: ulimit -n 1024`
            : `Tried ${tried}. Fetch one with ladderpress browser install, or name one with --browser-path`,
        }),
      ],
    }
  }
  return { session, notes: notesOn(session) }
}

function notesOn({ path, sandbox, passedOver }: Session): Diagnostic[] {
  const notes: Diagnostic[] = []
  if (passedOver.length > 0) {
    const why = passedOver.map(({ candidate, result }) => `${candidate} ${result}`).join('; ')
    notes.push(
      diagnose('print/another-browser', 'Printed by another browser, because a better one failed', {
        hint: `It is ${path}; ${why}`,
      }),
    )
  }
  if (!sandbox) {
    notes.push(
      diagnose('print/no-sandbox', 'The browser runs without its sandbox, which this system does not allow'),
    )
  }
  return notes
}
