import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
// A browser on a system that allows it no sandbox.
const { browser } = JSON.parse(execFileSync(process.execPath, [process.env.LADDERPRESS_PROGRAM, 'doctor', '--report', 'json']).toString())
const libraries = browser.path.replace(/[^/]*$/, 'lib')
writeFileSync(
  'unsandboxed',
  `#!/bin/sh
case "$*" in *--no-sandbox*) LD_LIBRARY_PATH="${libraries}" exec "${browser.path}" "$@" ;; esac
echo 'No usable sandbox! Update your kernel' >&2
exit 1
`,
  { mode: 0o755 },
)
