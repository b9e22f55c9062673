import { spawn, type ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

import { nobody } from './embedded.ts'
import type { BrowserKind, Candidate } from './find.ts'
import { createProfile, type Profile } from './profile.ts'
import { pipeTransport, type PipeTransport } from './transport.ts'

/** A browser process that answers. */
export interface StartedBrowser {
  readonly kind: BrowserKind
  readonly path: string
  readonly sandbox: boolean
  readonly transport: PipeTransport
  /** The target that was opened at the start, by its id. */
  readonly firstPage: string
  /** Settles when the process ends, however it ends. @returns whether it crashed */
  readonly ended: Promise<boolean>
  /** Ends the process and removes its profile. Safe to call twice. */
  stop(): Promise<void>
  /** Ends the process at once, for signal handlers that cannot wait. */
  kill(): void
}

/** Everything that keeps a page from reaching anything but itself. Each layer is tried alone in the tests. */
const locks = [
  // Nothing listens there; `<-loopback>` sends even loopback addresses to it.
  '--proxy-server=127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  // The shell obeys the second of these only, a desktop Chrome the first.
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-sync',
  '--no-pings',
]

const quiet = [
  '--headless',
  '--remote-debugging-pipe',
  // Else shell 147 rounds each advance to whole pixels.
  '--font-render-hinting=none',
  '--disable-gpu',
  // Nothing is drawn on a screen and nothing is fetched: two processes less to wait for. The page's own process, where
  // the ladder's text is, keeps its sandbox.
  '--in-process-gpu',
  '--enable-features=NetworkServiceInProcess2',
  '--disable-software-rasterizer',
  '--disable-extensions',
  '--disable-default-apps',
  '--disable-breakpad',
  '--disable-crash-reporter',
  '--disable-dev-shm-usage',
  '--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,PaintHolding,BackForwardCache',
  '--hide-scrollbars',
  '--mute-audio',
  '--no-default-browser-check',
  '--no-first-run',
  '--password-store=basic',
  '--use-mock-keychain',
  '--force-color-profile=srgb',
  '--lang=en-US',
]

/**
 * Starts a browser: with its sandbox if the system allows it, else without. As root it is started as nobody, because
 * Chromium refuses to be sandboxed as root, and every other tool drops the sandbox instead.
 *
 * @param onStarting called when the process exists, so that heavy work can wait until then
 * @throws where the program cannot be started at all
 */
export async function startBrowser(candidate: Candidate, onStarting?: () => void): Promise<StartedBrowser> {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  const attempts = asRoot
    ? ([
        { owner: nobody, sandbox: true },
        { owner: nobody, sandbox: false },
        { owner: undefined, sandbox: false },
      ] as const)
    : ([
        { owner: undefined, sandbox: true },
        { owner: undefined, sandbox: false },
      ] as const)
  let reason = 'unknown reason'
  for (const { owner, sandbox } of attempts) {
    for (let time = 1; time <= 2; time += 1) {
      const started = await attempt(candidate, owner, sandbox, onStarting)
      if (typeof started !== 'string') return started
      reason = started
      // Once in many hundred starts a browser just ends: that alone must not cost the sandbox, or choose another.
      if (!/SIG[A-Z]+\)$|exit \d+\)$/.test(reason)) break
    }
    // A browser that lacks files ends as one does whose sandbox fails; it is not the sandbox that has to go.
    if (tooManyFiles.test(reason)) break
    // Without the sandbox nothing changes for a program that is missing, broken or of another system.
    if (!/sandbox|namespace|EPERM|Operation not permitted|EACCES|SIGTRAP|SIGABRT|SIGILL/i.test(reason)) break
  }
  throw new Error(reason)
}

/** What a browser says, or the system of it, where no more files may be open. */
const tooManyFiles = /too many open files|EMFILE/i

/** @returns the browser, or in words why it did not start */
async function attempt(
  candidate: Candidate,
  owner: number | undefined,
  sandbox: boolean,
  onStarting: (() => void) | undefined,
): Promise<StartedBrowser | string> {
  const profile = await createProfile(owner)
  let child: ChildProcess
  try {
    child = spawn(
      candidate.path,
      [...quiet, ...locks, ...(sandbox ? [] : ['--no-sandbox']), `--user-data-dir=${profile.folder}`],
      {
        cwd: profile.folder,
        stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
        env: environment(candidate, profile),
        windowsHide: true,
        // Signals of the terminal go to our own handlers, which end the browser in their order.
        detached: process.platform !== 'win32',
        ...(owner !== undefined && { uid: owner, gid: owner }),
      },
    )
  } catch (error) {
    await profile.remove()
    return (error as NodeJS.ErrnoException).code ?? String(error)
  } finally {
    onStarting?.()
  }
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    if (errors.length < 8_000) errors += chunk.toString()
  })
  const ended = new Promise<boolean>((resolve) => {
    child.once('exit', (code, signal) => resolve(isCrash(code, signal)))
    child.once('error', () => resolve(false))
  })
  const [, , , input, output] = child.stdio as unknown as [null, null, Readable, Writable, Readable]
  // A browser that ends while it is spoken to must not end us.
  input?.on('error', () => undefined)
  output?.on('error', () => undefined)

  const transport = pipeTransport(input, output)
  const answer = await answers(child, transport, () => errors)
  if (typeof answer === 'string') {
    kill(child)
    await profile.remove()
    return answer
  }
  return {
    kind: candidate.kind,
    path: candidate.path,
    sandbox,
    transport,
    firstPage: answer.targetId,
    ended,
    kill: () => kill(child),
    async stop() {
      kill(child)
      await ended
      await profile.remove()
    },
  }
}

/** By how a process ends that did not mean to: signals of the processor or its own, and on Windows codes of exceptions. */
function isCrash(code: number | null, signal: string | null): boolean {
  if (signal !== null) return /^SIG(?:TRAP|SEGV|ABRT|ILL|BUS|FPE)$/.test(signal)
  return code !== null && code >= 0x8000_0000
}

/**
 * Asks for the first page and waits for the answer: its process starts while ours is still busy loading.
 *
 * @returns the page, or in words why no answer came
 */
function answers(
  child: ChildProcess,
  transport: PipeTransport,
  errors: () => string,
): Promise<{ targetId: string } | string> {
  return new Promise((resolve) => {
    const settle = (answer: { targetId: string } | string) => {
      clearTimeout(timer)
      delete transport.onmessage
      child.off('exit', exited)
      child.off('error', broke)
      resolve(answer)
    }
    const heard = (message: string) => {
      const { result, error } = JSON.parse(message) as {
        result?: { targetId: string }
        error?: { message: string }
      }
      settle(result ?? `it opened no page: ${error?.message ?? 'it did not say why'}`)
    }
    const exited = (code: number | null, signal: string | null) =>
      settle(`${lastLine(errors()) || 'it ended'} (${signal ?? `exit ${code}`})`)
    const broke = (error: NodeJS.ErrnoException) => settle(error.code ?? error.message)
    const timer = setTimeout(() => settle('it did not answer within 30 seconds'), 30_000)
    child.once('exit', exited)
    child.once('error', broke)
    transport.onmessage = heard
    // Who controls frames and never asks for one has none painted: what is measured and printed is not looked at. A
    // desktop Chrome does not know this and paints.
    const params = { url: 'about:blank', enableBeginFrameControl: true }
    transport.send(JSON.stringify({ id: 1, method: 'Target.createTarget', params }))
  })
}

function lastLine(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const telling =
    lines.find((line) => tooManyFiles.test(line)) ??
    lines.find((line) => /sandbox|error while loading|not found/i.test(line)) ??
    lines.at(-1) ??
    ''
  return telling.replace(/^\[[^\]]*\]\s*/, '').slice(0, 200)
}

/** A browser has nothing to save: it is ended, with all it has started, by the process ids that are ours. */
function kill(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}

/** Nothing of our own environment is handed on: it may hold secrets, and its fonts and libraries would change sheets. */
function environment({ libraries }: Candidate, profile: Profile): NodeJS.ProcessEnv {
  if (process.platform === 'win32') {
    const kept = ['SYSTEMROOT', 'TEMP', 'TMP', 'PATH', 'LOCALAPPDATA', 'PROGRAMFILES', 'USERPROFILE']
    return Object.fromEntries(
      kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
    )
  }
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: profile.folder,
    TMPDIR: profile.folder,
    XDG_CONFIG_HOME: profile.folder,
    XDG_CACHE_HOME: profile.folder,
    // Decides on font fallback and, with it, on bytes.
    LANG: 'C.UTF-8',
    FONTCONFIG_FILE: profile.fontConfig,
    ...(libraries !== undefined && { LD_LIBRARY_PATH: libraries }),
  }
}
