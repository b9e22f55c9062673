import { mkdirSync, writeFileSync } from 'node:fs'

mkdirSync('templates/words', { recursive: true })
writeFileSync('templates/words/en.json', Buffer.from('{\n  "draft": "Geprüft"\n}\n', 'latin1'))
