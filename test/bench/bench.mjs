// One table from one run. Machines differ and are noisy, so only ratios count: what is compared is run by turns, and
// medians are compared. `npm run bench` measures all, `npm run bench -- full unchanged` some of it; RUNS sets how often,
// BENCH_JSON names a file for the numbers.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { marked } from 'marked'
import puppeteer from 'puppeteer'

import { ladderOf } from './ladders.mjs'
import { median, medians, running, timed, watched } from './measure.mjs'
import { onePagerTexts } from './texts.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const root = dirname(dirname(here))
const program = join(root, 'dist', 'cli.js')
const bundled = join(root, 'data', 'ladder.yaml')
const node = process.execPath
const runs = Number(process.env.RUNS ?? 5)

const work = mkdtempSync(join(tmpdir(), 'ladderpress-bench-'))
const { browser } = JSON.parse(execFileSync(node, [program, 'doctor', '--report', 'json']).toString())
const libraries = join(dirname(browser.path), 'lib')

/** Each measures one thing. @returns rows: what, against, aim, ours and theirs in one unit */
const measures = {
  async full() {
    const out = join(work, 'full')
    const kinds = ['--only', 'matrix,one-pager,poster,index']
    const build = () => {
      rmSync(out, { recursive: true, force: true })
      return timed(node, [program, 'build', bundled, '--out', out, '--quiet', ...kinds])
    }
    build()
    const sheets = htmlIn(out).map((name) => join(out, name))
    const copies = join(work, 'sheets')
    mkdirSync(copies)
    const own = sheets.map((path, index) => {
      const copy = join(copies, `${index}.html`)
      execFileSync('cp', [path, copy])
      return copy
    })
    const floor = () => timed(node, [join(here, 'floor.mjs'), browser.path, libraries, work, ...own])
    floor()
    const time = await medians({ build, floor }, runs)
    return [
      row(
        'full build of the bundled ladder, cold',
        'a bare puppeteer script printing the same finished HTML',
        1,
        time.build,
        time.floor,
      ),
    ]
  },

  async onePagers() {
    const texts = join(work, 'texts')
    mkdirSync(texts)
    const files = (await onePagerTexts(root, bundled)).map((text, index) => {
      const path = join(texts, `${index}.md`)
      writeFileSync(path, text)
      return path
    })
    const out = join(work, 'pages')
    const build = () => {
      rmSync(out, { recursive: true, force: true })
      return timed(node, [
        program,
        'build',
        bundled,
        '--out',
        out,
        '--quiet',
        '--only',
        'one-pager',
        '--format',
        'pdf',
      ])
    }
    build()
    const peers = installPeers()
    const launch = JSON.stringify({
      executablePath: browser.path,
      headless: 'shell',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      env: { LD_LIBRARY_PATH: libraries, LANG: 'C.UTF-8', HOME: process.env.HOME },
    })
    const sheets = join(work, 'one-pagers')
    timed(node, [
      program,
      'build',
      bundled,
      '--out',
      sheets,
      '--quiet',
      '--only',
      'one-pager',
      '--format',
      'html',
    ])
    const finished = htmlIn(sheets).map((name) => join(sheets, name))
    const pages = htmlTexts(files)
    const tasks = {
      build,
      bare: () => timed(node, [join(here, 'bare.mjs'), browser.path, libraries, work, ...finished]),
      'md-to-pdf': () =>
        timed(
          node,
          [join(peers, 'node_modules', 'md-to-pdf', 'dist', 'cli.js'), ...files, '--launch-options', launch],
          { cwd: texts },
        ),
      typst: () => timed(node, [join(peers, 'typst.mjs'), texts, ...files]),
      ...(spawnSync('weasyprint', ['--version']).status === 0 && {
        WeasyPrint: () => pages.reduce((sum, file) => sum + timed('weasyprint', [file, `${file}.pdf`]), 0),
      }),
    }
    for (const task of Object.values(tasks)) task()
    const time = await medians(tasks, runs)
    const aims = { 'md-to-pdf': 0.2, WeasyPrint: 0.12, typst: 3, bare: null }
    const names = {
      bare: 'the same browser driven by hand, the same pages finished before',
      'md-to-pdf': 'md-to-pdf, one process',
      WeasyPrint: 'WeasyPrint',
      typst: 'Typst through its Node binding',
    }
    return Object.keys(aims).flatMap((peer) => {
      if (time[peer] === undefined)
        return [{ what: 'the one-pagers alone', against: `${names[peer]}: not installed`, aim: aims[peer] }]
      const measured = row('the one-pagers alone', names[peer], aims[peer], time.build, time[peer])
      // What the browser takes by itself, with nothing of ours.
      return [peer === 'bare' ? measured : { ...measured, least: round(time.bare / time[peer], 100) }]
    })
  },

  async unchanged() {
    const out = join(work, 'unchanged')
    const build = () => timed(node, [program, 'build', bundled, '--out', out, '--quiet'])
    build()
    const time = await medians({ build, node: () => timed(node, ['-e', '0']) }, Math.max(runs, 9))
    return [row('unchanged build', 'node -e 0', 2.5, time.build, time.node)]
  },

  async preview() {
    const folder = join(work, 'preview')
    mkdirSync(folder)
    chmodSync(work, 0o755)
    const path = join(folder, 'ladder.yaml')
    const text = readFileSync(bundled, 'utf8')
    const word = (number) => `Knows several (${number}) key components`
    const edit = (number) => writeFileSync(path, text.replace('Knows several key components', word(number)))
    edit(0)
    const launched = await puppeteer.launch({
      executablePath: browser.path,
      headless: 'shell',
      pipe: true,
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      env: { LD_LIBRARY_PATH: libraries, LANG: 'C.UTF-8', HOME: process.env.HOME },
    })
    try {
      const screen = []
      await running(node, [program, 'preview', path, '--port', '0'], { cwd: folder }, async (said) => {
        const address = await said(/http:\S+/)
        const page = await launched.newPage()
        await page.setViewport({ width: 1440, height: 900 })
        await page.goto(`${address}#one-pager/lead-engineer`, { waitUntil: 'load' })
        const shows = (number) =>
          page.waitForFunction(
            (wanted) =>
              [...document.querySelectorAll('iframe')].some((frame) =>
                frame.contentDocument?.body?.textContent.includes(wanted),
              ),
            { polling: 5, timeout: 60_000 },
            word(number),
          )
        await shows(0)
        for (let number = 1; number <= runs + 2; number += 1) {
          await pause(1500)
          const started = performance.now()
          edit(number)
          await shows(number)
          if (number > 2) screen.push(performance.now() - started)
        }
        await page.close()
      })
      /** Until the PDF of the sheet is on the disk, where a watch makes all documents, or some. */
      const untilOnDisk = async (out, only) => {
        const times = []
        const args = [program, 'build', path, '--watch', '--out', join(folder, out), ...only]
        await running(node, args, { cwd: folder }, async (said) => {
          await said(/Watching|watching/)
          const pdf = join(folder, out, 'one-pager', 'lead-engineer.pdf')
          for (let number = 101; number <= 102 + runs; number += 1) {
            await pause(2000)
            const before = statSync(pdf).ino
            const started = performance.now()
            edit(number)
            while (statSync(pdf, { throwIfNoEntry: false })?.ino === before) await pause(2)
            if (number > 102) times.push(performance.now() - started)
          }
        })
        return median(times)
      }
      const all = await untilOnDisk('out', [])
      const one = await untilOnDisk('one', [
        '--only',
        'one-pager',
        '--level',
        'lead-engineer',
        '--format',
        'pdf',
      ])
      const html = readFileSync(join(folder, 'out', 'one-pager', 'lead-engineer.html'), 'utf8')
      const warm = []
      const page = await launched.newPage()
      for (let run = 0; run < runs + 2; run += 1) {
        const started = performance.now()
        await page.setContent(html, { waitUntil: 'load' })
        await page.pdf({ preferCSSPageSize: true, printBackground: true })
        if (run > 1) warm.push(performance.now() - started)
      }
      const floor = 'printing that one sheet in a warm browser'
      return [
        row(
          'one word edited under preview, until the sheet is on screen',
          floor,
          3,
          median(screen),
          median(warm),
        ),
        row(
          'one word edited under build --watch of that sheet, until its PDF is on the disk',
          floor,
          4,
          one,
          median(warm),
        ),
        row('one word edited under build --watch of all documents', floor, 4, all, median(warm)),
      ]
    } finally {
      await launched.close()
    }
  },

  async scale() {
    const sizes = [10, 100, 1000]
    const seen = {}
    for (const size of sizes) {
      const folder = join(work, `levels-${size}`)
      mkdirSync(folder)
      writeFileSync(join(folder, 'ladder.yaml'), ladderOf(size))
      const results = []
      for (let run = 0; run < (size > 10 ? 1 : 3); run += 1) {
        rmSync(join(folder, 'out'), { recursive: true, force: true })
        // A thousand levels stand on no poster, which is an error that stops nothing else.
        const kinds = 'matrix,one-pager,next-step,stack,booklet,index'
        results.push(
          await watched(node, [program, 'build', 'ladder.yaml', '--quiet', '--only', kinds], { cwd: folder }),
        )
      }
      const documents = filesIn(join(folder, 'out')).filter((name) => name.endsWith('.pdf')).length
      const [best] = results.toSorted((a, b) => a.milliseconds - b.milliseconds)
      seen[size] = { each: best.milliseconds / documents, megabytes: best.megabytes, documents }
      process.stdout.write(
        `${size} levels: ${documents} PDFs in ${Math.round(best.milliseconds)} ms, ${Math.round(best.megabytes)} MB at most\n`,
      )
      rmSync(join(folder, 'out'), { recursive: true, force: true })
    }
    return [
      row('1,000 levels, time for each document', '10 levels', 1.1, seen[1000].each, seen[10].each),
      row(
        '1,000 levels, memory of Node and browser at most',
        '100 levels',
        1.2,
        seen[1000].megabytes,
        seen[100].megabytes,
        'MB',
      ),
    ]
  },
}

function row(what, against, aim, ours, theirs, unit = 'ms') {
  return {
    what,
    against,
    aim,
    unit,
    ours: round(ours),
    theirs: round(theirs),
    ratio: round(ours / theirs, 100),
  }
}

function round(value, parts = 10) {
  return Math.round(value * parts) / parts
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true }).map(String)
}

function htmlIn(folder) {
  return filesIn(folder).filter((name) => name.endsWith('.html') && name !== 'index.html')
}

/** Markdown as HTML, for those who take that: with the same page and size as md-to-pdf gives it. */
function htmlTexts(files) {
  return files.map((file) => {
    const path = file.replace(/\.md$/, '.html')
    const style = '@page{size:A4;margin:30mm 20mm}body{font:12pt sans-serif}'
    const text = marked.parse(readFileSync(file, 'utf8'), { async: false })
    writeFileSync(
      path,
      `<!doctype html><meta charset="utf-8"><title>Level</title><style>${style}</style>${text}`,
    )
    return path
  })
}

/** What we compare with: never part of the tool, so it is fetched here. */
function installPeers() {
  const peers = join(here, 'peers')
  if (!existsSync(join(peers, 'node_modules')))
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: peers,
      stdio: 'ignore',
    })
  return peers
}

try {
  const asked = process.argv.slice(2)
  const rows = []
  for (const [name, measure] of Object.entries(measures)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    rows.push(...(await measure()))
  }
  for (const { what, against, aim, unit, ours, theirs, ratio, least } of rows) {
    const isMissed = aim !== null && ratio > aim
    const numbers =
      ratio === undefined ? '–' : `${ours} : ${theirs} ${unit} = ${ratio}${isMissed ? ' (!)' : ''}`
    const possible = least === undefined ? '' : `; the browser alone: ${least}`
    const wanted = aim === null ? 'nothing can be less than 1' : `aim: ≤ ${aim}${possible}`
    process.stdout.write(`${what}\n  against ${against}\n  ${numbers} (${wanted}), medians of ${runs}\n`)
  }
  if (process.env.BENCH_JSON) writeFileSync(process.env.BENCH_JSON, `${JSON.stringify(rows, undefined, 2)}\n`)
} finally {
  rmSync(work, { recursive: true, force: true })
}
