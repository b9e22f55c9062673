import { symlinkSync, writeFileSync } from 'node:fs'
writeFileSync('elsewhere.yaml', 'editions: []\n')
symlinkSync('elsewhere.yaml', 'editions.yaml')
