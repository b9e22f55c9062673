import { mkdirSync, writeFileSync } from 'node:fs'
mkdirSync('node_modules/no-fonts-in-here', { recursive: true })
writeFileSync('node_modules/no-fonts-in-here/package.json', '{}')
