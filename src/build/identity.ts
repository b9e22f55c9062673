import { browserIdentity } from '../browser/find.ts'
import { programIdentity } from '../load/inputs.ts'
import { hashOf } from '../text/hash.ts'

/**
 * What a build is made with beside its input: the program and the browser. Two builds of one input with one such
 * identity make the same bytes.
 *
 * @returns undefined where that cannot be told: then nothing is taken from an earlier build
 */
export async function identityOf({
  env,
  browserPath,
}: {
  readonly env: NodeJS.ProcessEnv
  /** Of the browser that was named, if any. */
  readonly browserPath?: string | undefined
}): Promise<string | undefined> {
  const program = programIdentity()
  const browser = await browserIdentity({ env, explicit: browserPath }).catch(() => undefined)
  return program === undefined || browser === undefined ? undefined : hashOf({ program, browser })
}
