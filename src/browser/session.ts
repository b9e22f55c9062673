import { findBrowsers, reasonOf, type Candidate, type FindRequest, type Tried } from './find.ts'
import { inTime, OutOfTime } from './in-time.ts'
import type { PressPage } from './press.ts'
import { sweepProfiles } from './profile.ts'
import { startBrowser, type StartedBrowser } from './start.ts'

/** A browser for the time of one build. */
export interface Session {
  readonly kind: StartedBrowser['kind']
  readonly path: string
  readonly sandbox: boolean
  /** Better browsers that are there but did not start. */
  readonly passedOver: readonly Tried[]
  /** As the browser calls itself. Known once a page was opened. @throws where it does not answer in time */
  version(): Promise<string>
  /**
   * Does some work in the page. If the browser ends or does not answer in time, the work is done once more in a fresh
   * one.
   *
   * @param sheets how many sheets it is about: more take more time
   * @throws BrowserFailure where that fails as well
   */
  withPage<T>(work: (page: PressPage) => Promise<T>, sheets?: number): Promise<T>
  /** Starts another of the same browser, for work at the same time. Whoever asks for it ends it. */
  beside(): Promise<Session>
  /** Ends it, and waits until nothing is left of it, whoever has asked before. */
  close(): Promise<void>
}

/** The browser ended, did not answer or could not be started again, twice. */
export class BrowserFailure extends Error {
  /** Whether it crashed, as it does when it cannot show what it is given. */
  readonly isCrash: boolean
  constructor(message: string, isCrash: boolean) {
    super(message)
    this.isCrash = isCrash
  }
}

/**
 * How long a browser may say nothing while it works at a document, in ms, and at each of its sheets beyond the first. A
 * poster takes about 100, a page in a stack 20; a busy machine many times that.
 */
const budget = 60_000
const perSheet = 250
/** How long a browser may take to say what it is, in ms: one that was started may never answer. */
const mostToAnswer = 30_000
/** A browser grows with what it has printed. */
const documentsPerBrowser = 100

/**
 * Starts the first browser that can be started. Loads puppeteer while it starts, and only then.
 *
 * @param signal ends the browser at once when it is aborted
 * @param tried receives a line for each candidate that did not serve
 * @returns the session, or what was tried in vain
 */
export async function openSession(
  request: FindRequest,
  signal?: AbortSignal,
  tried: Tried[] = [],
): Promise<Session | { tried: readonly Tried[] }> {
  void sweepProfiles()
  for await (const candidate of findBrowsers(request, tried)) {
    signal?.throwIfAborted()
    try {
      const starting = startSound(candidate, request.onStarting)
      // Loaded while the browser starts; a failure shows where the module is used.
      const loading = import('./press.ts')
      loading.catch(() => undefined)
      const started = await starting
      const passedOver = tried.filter(({ failed }) => failed)
      return createSession(candidate, started, passedOver, loading, signal)
    } catch (error) {
      tried.push({
        candidate: candidate.path,
        result: `did not start: ${reasonOf(error)}`,
        failed: true,
      })
    }
  }
  request.onStarting?.()
  return { tried }
}

/** Starts a browser, a damaged one once it is mended. @throws where it cannot be started */
async function startSound(candidate: Candidate, onStarting?: () => void): Promise<StartedBrowser> {
  try {
    return await startBrowser(candidate, onStarting)
  } catch (error) {
    const isMended = await candidate.mend?.().catch(() => false)
    if (isMended !== true) throw error
    return startBrowser(candidate)
  }
}

/** A browser for one of several builds: ending it is left to whoever has opened it. */
export async function lent(opening: ReturnType<typeof openSession>): ReturnType<typeof openSession> {
  const session = await opening
  return 'tried' in session ? session : { ...session, close: async () => undefined }
}

type PressModule = typeof import('./press.ts')
type OpenPress = Awaited<ReturnType<PressModule['openPress']>>

function createSession(
  candidate: Candidate,
  first: StartedBrowser,
  passedOver: readonly Tried[],
  loading: Promise<PressModule>,
  signal: AbortSignal | undefined,
): Session {
  let started: StartedBrowser | undefined = first
  let opened: Promise<{ press: OpenPress; page: PressPage }> | undefined
  let used = 0
  let isClosed = false
  let closing: Promise<unknown> | undefined
  let restarting: Promise<void> | undefined
  const abort = () => started?.kill()
  signal?.addEventListener('abort', abort)

  /** Whoever ends the session has this one ended too, also if it is still starting. */
  const restart = async (): Promise<StartedBrowser> => {
    if (isClosed) throw new NotStarted('it was ended')
    const starting = startBrowser(candidate)
    restarting = starting.then(
      (browser) => (isClosed ? browser.stop() : undefined),
      () => undefined,
    )
    const browser = await starting.catch((error: unknown) => {
      throw new NotStarted(`it did not start again: ${reasonOf(error)}`)
    })
    if (isClosed) throw new NotStarted('it was ended')
    return browser
  }
  const open = () => {
    opened ??= (async () => {
      const { openPress } = await loading
      started ??= await restart()
      signal?.throwIfAborted()
      const press = await openPress(started)
      return { press, page: await press.newPage() }
    })()
    return opened
  }
  /** @returns whether it had crashed */
  const drop = async (): Promise<boolean> => {
    const ending = started
    started = undefined
    opened = undefined
    used = 0
    await ending?.stop()
    return (await ending?.ended) === true
  }
  // The page is made ready before anybody asks for it.
  open().catch(() => undefined)

  return {
    kind: first.kind,
    path: first.path,
    sandbox: first.sandbox,
    passedOver,
    async version() {
      return (await inTime(open(), mostToAnswer)).press.version
    },
    async withPage(work, sheets = 1) {
      for (let attempt = 1; ; attempt += 1) {
        signal?.throwIfAborted()
        if (used >= documentsPerBrowser) await drop()
        used += 1
        try {
          return await inTime(
            open().then(({ page }) => work(page)),
            budget + perSheet * (sheets - 1),
            () => started?.transport.heardAt() ?? 0,
          )
        } catch (error) {
          signal?.throwIfAborted()
          if (!isBrowserTrouble(error)) throw error
          const isCrash = (await drop()) || /crashed/i.test(messageOf(error))
          if (attempt >= 2) throw new BrowserFailure(messageOf(error), isCrash)
        }
      }
    },
    async beside() {
      return createSession(candidate, await startBrowser(candidate), [], loading, signal)
    },
    async close() {
      signal?.removeEventListener('abort', abort)
      isClosed = true
      await (closing = Promise.all([closing, restarting, drop()]))
    },
  }
}

class NotStarted extends Error {}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Puppeteer has no class for all of them; what it says of a lost browser is stable. */
function isBrowserTrouble(error: unknown): boolean {
  if (error instanceof OutOfTime || error instanceof NotStarted) return true
  const { name, message } = error as Error
  return (
    /^(TargetCloseError|ConnectionClosedError|TimeoutError|ProtocolError)$/.test(name) ||
    /Target closed|Session closed|Connection closed|detached|crashed|Printing failed/i.test(message)
  )
}
