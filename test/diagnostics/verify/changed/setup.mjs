import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'

const build = () =>
  execFileSync(process.execPath, [process.env.LADDERPRESS_PROGRAM, 'build', 'ladder.yaml', '--quiet'])

writeFileSync('now.yaml', readFileSync('ladder.yaml'))
writeFileSync('ladder.yaml', readFileSync('now.yaml', 'utf8').replace('Builds', 'Mends'))
build()
copyFileSync('out/one-pager/engineer.pdf', 'old.pdf')
writeFileSync('ladder.yaml', readFileSync('now.yaml'))
build()
// One byte of what is drawn.
const pdf = readFileSync('out/matrix/ic.pdf')
pdf[pdf.indexOf('stream\n') + 40] ^= 1
writeFileSync('out/matrix/ic.pdf', pdf)
writeFileSync('offer.pdf', pdf)
copyFileSync('old.pdf', 'out/one-pager/engineer.pdf')
copyFileSync('out/poster.pdf', 'out/booklet.pdf')
