// Runs programs and says how long they took and how much memory they had at most.
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Runs a program to its end. @returns milliseconds */
export function timed(command, args, options = {}) {
  const started = performance.now()
  const { status, stderr, error } = spawnSync(command, args, { maxBuffer: 1 << 28, ...options })
  if (error) throw error
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${stderr.toString().slice(-2000)}`)
  return performance.now() - started
}

/**
 * Runs things by turns, so that whatever else the machine does falls on all of them.
 *
 * @param tasks functions that return milliseconds, by name
 * @returns the median of each
 */
export async function medians(tasks, runs) {
  const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]))
  for (let run = 0; run < runs; run += 1)
    for (const [name, task] of Object.entries(tasks)) times[name].push(await task())
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]))
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** Runs a program and looks at its memory and that of all it starts. @returns milliseconds and the peak in MB; Linux */
export async function watched(command, args, options = {}) {
  const started = performance.now()
  const child = spawn(command, args, { stdio: 'ignore', ...options })
  let peak = 0
  const look = setInterval(() => {
    peak = Math.max(peak, memoryOf(child.pid))
  }, 100)
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  clearInterval(look)
  if (code !== 0) throw new Error(`${command} ${args[0]} ended with ${code}`)
  return { milliseconds: performance.now() - started, megabytes: peak / 1024 }
}

/**
 * Works while a program runs, and ends it afterwards.
 *
 * @param work receives a function that waits until the program has said something
 */
export async function running(command, args, options, work) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  let said = ''
  const waiting = new Set()
  const hear = (chunk) => {
    said += chunk.toString()
    for (const look of waiting) look()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise((resolve) => child.on('close', resolve))
  const until = (what) =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = what.exec(said)
        if (!found) return
        waiting.delete(look)
        resolve(found[0])
      }
      waiting.add(look)
      look()
      void ended.then(() => reject(new Error(`it ended and had said: ${said}`)))
    })
  try {
    return await work(until)
  } finally {
    child.kill('SIGINT')
    await ended
  }
}

/** In kB: shared pages count once (PSS). */
function memoryOf(pid) {
  const parents = new Map()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // It has ended.
    }
  }
  const isOurs = (one) => one === pid || (parents.has(one) && one > 1 && isOurs(parents.get(one)))
  let sum = 0
  for (const one of parents.keys()) {
    if (!isOurs(one)) continue
    try {
      sum += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
    } catch {
      // It has ended.
    }
  }
  return sum
}
