// One table from one run: the full build of the bundled ladder against its floor. Machines differ and are noisy, so
// only the ratio counts: both are run by turns, and medians are compared.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const root = dirname(dirname(here))
const program = join(root, 'dist', 'cli.js')
const runs = Number(process.env.RUNS ?? 9)

const work = mkdtempSync(join(tmpdir(), 'ladderpress-bench-'))
try {
  const { browser } = JSON.parse(
    execFileSync(process.execPath, [program, 'doctor', '--report', 'json']).toString(),
  )
  const out = join(work, 'out')
  const build = () => timed([program, 'build', join(root, 'data', 'ladder.yaml'), '--out', out, '--quiet'])
  build()
  const sheets = readdirSync(out, { recursive: true })
    .filter((name) => name.endsWith('.html') && name !== 'index.html')
    .map((name) => join(out, name))
  const floor = () =>
    timed([join(here, 'floor.mjs'), browser.path, join(dirname(browser.path), 'lib'), work, ...sheets])
  floor()

  const times = { build: [], floor: [] }
  for (let run = 0; run < runs; run += 1) {
    times.build.push(build())
    times.floor.push(floor())
  }
  const [ours, theirs] = [median(times.build), median(times.floor)]
  const result = {
    what: 'full build of the bundled ladder, cold',
    against: 'a bare unbundled puppeteer script printing the same finished HTML with the same browser',
    aim: 1,
    runs,
    milliseconds: { build: Math.round(ours), floor: Math.round(theirs) },
    ratio: Math.round((ours / theirs) * 100) / 100,
  }
  process.stdout.write(`${result.what}\n  against ${result.against}\n`)
  process.stdout.write(
    `  ${result.milliseconds.build} ms : ${result.milliseconds.floor} ms = ${result.ratio} (aim: ≤ ${result.aim}), medians of ${runs}\n`,
  )
  if (process.env.BENCH_JSON)
    writeFileSync(process.env.BENCH_JSON, `${JSON.stringify([result], undefined, 2)}\n`)
} finally {
  rmSync(work, { recursive: true, force: true })
}

function timed(args) {
  const started = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root })
  if (status !== 0) throw new Error(`${args[0]} failed: ${stderr.toString()}`)
  return performance.now() - started
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
