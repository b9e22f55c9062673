import { mkdirSync } from 'node:fs'
mkdirSync('made.zip')
