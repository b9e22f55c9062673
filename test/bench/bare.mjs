// What a browser takes for finished pages when it is driven by hand over its pipe: no library is loaded, nothing is read,
// fitted, finished or checked, and fonts are given once. Whatever prints with this browser takes at least so long.
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
const pages = files.map((file) => {
  const html = readFileSync(file, 'utf8')
  const faces = html.match(/@font-face\{[^}]*\}/g) ?? []
  return { html: html.replaceAll(/@font-face\{[^}]*\}/g, ''), faces }
})
const faces = [...new Set(pages.flatMap((page) => page.faces))].join('')
const shell = `<!doctype html><style id="faces">${faces}</style>`
await ask('Page.setDocumentContent', { frameId: frameTree.frame.id, html: shell }, sessionId)
const { result } = await ask('Runtime.evaluate', { expression: 'globalThis' }, sessionId)
/** In the page: another document in the place of the one before, beside the fonts. */
function show(html) {
  const next = new DOMParser().parseFromString(html, 'text/html')
  const root = document.documentElement
  while (root.attributes.length > 0) root.removeAttribute(root.attributes[0].name)
  for (const { name, value } of next.documentElement.attributes) root.setAttribute(name, value)
  document.head.replaceChildren(document.getElementById('faces'), ...next.head.childNodes)
  document.body.replaceWith(next.body)
  return document.fonts.ready.then(() => true)
}
const print = { preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true }
for (const [index, { html }] of pages.entries()) {
  const call = { objectId: result.objectId, functionDeclaration: String(show), arguments: [{ value: html }] }
  await ask('Runtime.callFunctionOn', { ...call, awaitPromise: true, returnByValue: true }, sessionId)
  const { data } = await ask('Page.printToPDF', print, sessionId)
  writeFileSync(join(out, `${index}.pdf`), Buffer.from(data, 'base64'))
}
browser.kill('SIGKILL')
rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
