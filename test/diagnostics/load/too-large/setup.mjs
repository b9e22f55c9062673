import { writeFileSync } from 'node:fs'
writeFileSync('ladder.yaml', '# '.repeat(5 * 1024 * 1024))
