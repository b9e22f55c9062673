import { chmodSync, writeFileSync } from 'node:fs'
// Whoever runs the browser, root's deputy too, must reach it.
chmodSync('.', 0o755)
// Answers the first message, as a browser would, and ends at the second.
writeFileSync(
  'dies',
  `#!${process.execPath}
const { Socket } = require('node:net')
const [input, output] = [new Socket({ fd: 3, readable: true, writable: false }), new Socket({ fd: 4, readable: false, writable: true })]
let seen = 0
input.on('data', () => {
  seen += 1
  if (seen > 1) process.exit(1)
  output.write(JSON.stringify({ id: 1, result: { targetId: 'x' } }) + '\\0')
})
`,
  { mode: 0o755 },
)
