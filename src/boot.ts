import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { deserialize, getHeapCodeStatistics, serialize } from 'node:v8'
import { Script } from 'node:vm'

import { runShortly } from './commands/runtime.ts'

/** What V8 has compiled of the program. */
interface Compiled {
  /** By the names of scripts. */
  readonly scripts: ReadonlyMap<string, Uint8Array>
  /** How much of the program had run when it was kept, as V8 counts it, in bytes. */
  readonly bytecode: number
}

const nothing: Compiled = { scripts: new Map(), bytecode: 0 }

/**
 * Runs a script of the program, and those that it requires, with what V8 has compiled of them in an earlier run:
 * compiling takes as long as reading, checking and drawing a usual ladder. Node (from 22.1 on) keeps only what is
 * compiled before a module runs, which is the lesser half.
 *
 * @param folder where the scripts are
 * @param kept the file of what was compiled of this very program, in a folder that is for such files alone and that nobody
 *   else may write to; undefined where there is none
 * @returns keeps what was compiled, if scripts were compiled anew or much more of them has run than before
 */
export function boot(folder: string, main: string, kept: string | undefined): () => void {
  // V8 refuses what it has compiled under other settings.
  runShortly()
  const known = kept === undefined ? nothing : readCompiled(kept)
  const scripts = new Map<string, Script>()
  let isAnew = false
  const modules = new Map<string, { exports: unknown }>()
  const requireOfNode = createRequire(join(folder, main))

  const load = (name: string): unknown => {
    const loaded = modules.get(name)
    if (loaded) return loaded.exports
    const module = { exports: {} }
    modules.set(name, module)
    const filename = join(folder, name)
    const cachedData = known.scripts.get(name)
    const source = readFileSync(filename, 'latin1')
    const script = new Script(`(function(exports,require,module,__filename){${source}\n})`, {
      filename,
      ...(cachedData && { cachedData }),
    })
    scripts.set(name, script)
    if (!cachedData || script.cachedDataRejected === true) isAnew = true
    const run = script.runInThisContext() as (...given: unknown[]) => void
    const require = (wanted: string) =>
      wanted.startsWith('./') ? load(posix.join(posix.dirname(name), wanted)) : requireOfNode(wanted)
    run(module.exports, require, module, filename)
    return module.exports
  }

  load(main)
  return () => {
    if (kept === undefined) return
    const bytecode = getHeapCodeStatistics().bytecode_and_metadata_size
    if (!isAnew && bytecode < known.bytecode * muchMore) return
    runShortly()
    const all = [...scripts].map(([name, script]) => [name, script.createCachedData()] as const)
    writeCompiled(kept, {
      scripts: new Map([...known.scripts, ...all]),
      bytecode: Math.max(bytecode, known.bytecode),
    })
  }
}

/** A first run may have been a short one (`--help`), of scripts that others ask more of. */
const muchMore = 1.1

/** Bytes of the sum that a file begins with: V8 believes what it is given, so nothing is taken of a file that is damaged. */
const sumLength = 32

/** @returns nothing of a file that is not whole, or that a program with another `boot.ts` has written */
function readCompiled(file: string): Compiled {
  try {
    const bytes = readFileSync(file)
    const content = bytes.subarray(sumLength)
    if (!sumOf(content).equals(bytes.subarray(0, sumLength))) return nothing
    const { scripts, bytecode } = deserialize(content) as Partial<Compiled>
    return scripts instanceof Map && typeof bytecode === 'number' ? { scripts, bytecode } : nothing
  } catch {
    return nothing
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
      if (statSync(other).mtimeMs < Date.now() - longest) rmSync(other, { recursive: true, force: true })
  } catch {
    rmSync(written, { force: true })
  }
}

function sumOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
