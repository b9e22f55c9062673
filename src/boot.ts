import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { deserialize, getHeapCodeStatistics, serialize } from 'node:v8'
import { Script } from 'node:vm'

import { runShortly } from './commands/runtime.ts'

/** V8's code cache of the program: what it has compiled of each script. */
interface Compiled {
  /** By the names of scripts. */
  readonly scripts: ReadonlyMap<string, Uint8Array>
  /** In bytes: how much compiled code V8 had in memory when it was written. */
  readonly bytecode: number
}

const nothing: Compiled = { scripts: new Map(), bytecode: 0 }

/**
 * Runs a script of the program, and those that it requires, with V8's code cache of an earlier run: compiling takes as
 * long as reading, checking and drawing an ordinary ladder. Node's own cache (from 22.1 on) holds only what is compiled
 * before a module runs, which is the smaller half.
 *
 * @param folder where the scripts are
 * @param kept the file of this very program's code cache, in a folder for such files only that nobody else may write
 *   to; undefined where there is none
 * @returns writes the cache, if scripts were compiled anew or much more of them has run than before
 */
export function boot(folder: string, main: string, kept: string | undefined): () => void {
  // V8 rejects a code cache that was made with other settings.
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

/**
 * The first run may have been a short one (`--help`), with little of each script compiled: one with so much more is
 * kept instead.
 */
const muchMore = 1.1

/**
 * In bytes: the checksum at the beginning of a file. V8 trusts what it is given, so a damaged file must not reach it.
 */
const sumLength = 32

/**
 * @returns an empty cache for a file that is incomplete, or written by a program with another `boot.ts`
 */
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

/** In ms. A file this old belongs to a program that is gone, or will soon be written again. */
const longest = 30 * 24 * 60 * 60 * 1000

/** If it cannot be written, the next run compiles as this one did. */
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
