import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync } from 'node:fs'

execFileSync(process.execPath, [process.env.LADDERPRESS_PROGRAM, 'build', 'ladder.yaml', '--quiet', '--only', 'one-pager'])
mkdirSync('mail/june/offers', { recursive: true })
renameSync('out/one-pager/engineer.pdf', 'mail/june/offers/offer.pdf')
