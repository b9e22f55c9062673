import { open, readFile, rename, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

const name = '.ladderpress-lock'

/** Putting files into place takes a fraction of a second; whoever holds a lock for longer than this, in ms, is stuck. */
const patience = 30_000
const pause = 20

/**
 * Waits until no other process has the lock of a folder, then takes it. A lock whose process has ended is taken away.
 *
 * @returns gives it back
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, name)
  const mine = `${hostname()} ${process.pid}\n`
  const until = Date.now() + patience
  while (!(await take(path, mine))) {
    const held = await readFile(path, 'utf8').catch(() => '')
    if (isAbandoned(held) || Date.now() > until) await breakLock(path, held)
    else await setTimeout(pause)
  }
  return async () => {
    await unlink(path).catch(() => undefined)
  }
}

async function take(path: string, mine: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o644)
    await handle.writeFile(mine)
    await handle.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function isAbandoned(held: string): boolean {
  const [, host, pid] = /^(\S+) (\d+)\n$/.exec(held) ?? []
  // What is half written is being written; of another machine nothing is known.
  if (host !== hostname()) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/** Moves a lock away, so that of several who find it abandoned only one does; one that was taken meanwhile is put back. */
async function breakLock(path: string, held: string): Promise<void> {
  const aside = `${path}-${process.pid}`
  try {
    await rename(path, aside)
    const moved = await readFile(aside, 'utf8')
    if (moved === held) await unlink(aside)
    else await rename(aside, path)
  } catch {
    // Somebody else was quicker.
  }
}
