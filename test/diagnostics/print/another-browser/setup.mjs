import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
// The embedded shell, unpacked here, is whole but does not start; what is installed works.
const { browser } = JSON.parse(execFileSync(process.execPath, [process.env.LADDERPRESS_PROGRAM, 'doctor', '--report', 'json']).toString())
const version = /headless-shell-([\d.]+)/.exec(browser.path)[1]
const program = (path, lines) => {
  mkdirSync(path.replace(/\/[^/]*$/, ''), { recursive: true })
  writeFileSync(path, `#!/bin/sh\n${lines}\n`, { mode: 0o755 })
}
const cache = `cache/ladderpress/headless-shell-${version}`
program(`${cache}/headless-shell`, "echo 'Segmentation fault' >&2\nexit 139")
mkdirSync(`${cache}/lib`)
const sum = createHash('sha256').update(readFileSync(`${cache}/headless-shell`)).digest('hex')
writeFileSync(`${cache}/sums.json`, JSON.stringify({ 'headless-shell': sum }))
program('programs/chrome-headless-shell', `LD_LIBRARY_PATH="${browser.path.replace(/[^/]*$/, 'lib')}" exec "${browser.path}" "$@"`)
// As root the browser runs as nobody, who must be able to get here.
chmodSync('.', 0o755)
