import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
// Whoever runs the browser, root's deputy too, must reach it.
chmodSync('.', 0o755)
mkdirSync('ended')
chmodSync('ended', 0o777)
// Answers the first message, as a browser would, ends at the second, and does not start again.
writeFileSync(
  'dies',
  `#!${process.execPath}
const { existsSync, writeFileSync } = require('node:fs')
const { Socket } = require('node:net')
const once = __dirname + '/ended/once'
if (existsSync(once)) process.exit(1)
const [input, output] = [new Socket({ fd: 3, readable: true, writable: false }), new Socket({ fd: 4, readable: false, writable: true })]
let seen = 0
input.on('data', () => {
  seen += 1
  if (seen > 1) {
    writeFileSync(once, '')
    process.exit(1)
  }
  output.write(JSON.stringify({ id: 1, result: { targetId: 'x' } }) + '\\0')
})
`,
  { mode: 0o755 },
)
