import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

const build = (out) =>
  execFileSync(process.execPath, [process.env.LADDERPRESS_PROGRAM, 'build', 'ladder.yaml', '--quiet', '-o', out])

build('out')
writeFileSync('ladder.yaml', readFileSync('ladder.yaml', 'utf8').replace('Builds', 'Mends'))
build('other')
renameSync('other/one-pager/engineer.pdf', 'offer.pdf')
