// What a browser takes for finished pages when it is driven by hand over its pipe: no library is loaded, nothing is read,
// fitted, finished or checked. Whatever prints with this browser takes at least so long.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const [, , program, libraries, out, ...files] = process.argv
const profile = mkdtempSync(join(tmpdir(), 'ladderpress-bench-'))
const browser = spawn(
  program,
  [
    '--headless',
    '--remote-debugging-pipe',
    '--disable-gpu',
    '--in-process-gpu',
    '--enable-features=NetworkServiceInProcess2',
    `--user-data-dir=${profile}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ],
  {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: { LD_LIBRARY_PATH: libraries, LANG: 'C.UTF-8', HOME: profile },
  },
)
const [, , , input, output] = browser.stdio
let pending = ''
let count = 0
const waiting = new Map()
output.on('data', (chunk) => {
  const messages = (pending + chunk.toString('latin1')).split('\0')
  pending = messages.pop()
  for (const message of messages) {
    const { id, result } = JSON.parse(message)
    waiting.get(id)?.(result)
  }
})
const ask = (method, params = {}, sessionId) =>
  new Promise((resolve) => {
    count += 1
    waiting.set(count, resolve)
    input.write(`${JSON.stringify({ id: count, method, params, sessionId })}\0`)
  })

const { targetId } = await ask('Target.createTarget', { url: 'about:blank', enableBeginFrameControl: true })
const { sessionId } = await ask('Target.attachToTarget', { targetId, flatten: true })
const { frameTree } = await ask('Page.getFrameTree', {}, sessionId)
const print = { preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true }
for (const [index, file] of files.entries()) {
  const html = readFileSync(file, 'utf8')
  await ask('Page.setDocumentContent', { frameId: frameTree.frame.id, html }, sessionId)
  const { data } = await ask('Page.printToPDF', print, sessionId)
  writeFileSync(join(out, `${index}.pdf`), Buffer.from(data, 'base64'))
}
browser.kill('SIGKILL')
rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
