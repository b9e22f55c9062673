import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { Script } from 'node:vm'

import { runShortly } from './commands/runtime.ts'

/** What V8 has compiled of scripts of the program, by their names. */
type Compiled = ReadonlyMap<string, Uint8Array>

/**
 * Runs a script of the program, and those that it requires, with what V8 has compiled of them in an earlier run:
 * compiling takes as long as reading, checking and drawing a usual ladder. Node (from 22.1 on) keeps only what is
 * compiled before a module runs, which is the lesser half.
 *
 * @param folder where the scripts are
 * @param kept the file of what was compiled of this very program, in a folder that is for such files alone and that nobody
 *   else may write to; undefined where there is none
 * @returns keeps what was compiled anew, if anything was
 */
export function boot(folder: string, main: string, kept: string | undefined): () => void {
  // V8 refuses what it has compiled under other settings.
  runShortly()
  const known = kept === undefined ? new Map<string, Uint8Array>() : readCompiled(kept)
  const anew = new Map<string, Script>()
  const modules = new Map<string, { exports: unknown }>()
  const requireOfNode = createRequire(join(folder, main))

  const load = (name: string): unknown => {
    const loaded = modules.get(name)
    if (loaded) return loaded.exports
    const module = { exports: {} }
    modules.set(name, module)
    const filename = join(folder, name)
    const cachedData = known.get(name)
    const source = readFileSync(filename, 'latin1')
    const script = new Script(`(function(exports,require,module,__filename){${source}\n})`, {
      filename,
      ...(cachedData && { cachedData }),
    })
    if (!cachedData || script.cachedDataRejected === true) anew.set(name, script)
    const run = script.runInThisContext() as (...given: unknown[]) => void
    const require = (wanted: string) =>
      wanted.startsWith('./') ? load(posix.join(posix.dirname(name), wanted)) : requireOfNode(wanted)
    run(module.exports, require, module, filename)
    return module.exports
  }

  load(main)
  return () => {
    if (kept === undefined || anew.size === 0) return
    runShortly()
    const added = [...anew].map(([name, script]) => [name, script.createCachedData()] as const)
    writeCompiled(kept, new Map([...known, ...added]))
  }
}

/** Bytes of the sum that a file begins with: V8 believes what it is given, so nothing is taken of a file that is damaged. */
const sumLength = 32

function readCompiled(file: string): Compiled {
  try {
    const bytes = readFileSync(file)
    const content = bytes.subarray(sumLength)
    return sumOf(content).equals(bytes.subarray(0, sumLength))
      ? (deserialize(content) as Compiled)
      : new Map()
  } catch {
    return new Map()
  }
}

/** What nobody has written for so long is of a program that is gone, or is soon written again. In ms. */
const longest = 30 * 24 * 60 * 60 * 1000

/** Where it cannot be written, the next run compiles as this one did. */
function writeCompiled(file: string, compiled: Compiled): void {
  const content = serialize(compiled)
  const folder = dirname(file)
  const written = `${file}.${randomUUID()}`
  try {
    writeFileSync(written, Buffer.concat([sumOf(content), content]), { mode: 0o600 })
    renameSync(written, file)
    for (const other of readdirSync(folder).map((name) => join(folder, name)))
      if (statSync(other).mtimeMs < Date.now() - longest) rmSync(other)
  } catch {
    rmSync(written, { force: true })
  }
}

function sumOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
