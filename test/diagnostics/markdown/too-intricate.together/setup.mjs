import { writeFileSync } from 'node:fs'

// Each text alone may have as many marks; thirty of them together would take seconds.
const levels = Array.from({ length: 30 }, (_, index) => {
  const text = index === 0 ? 'Builds **bold** things' : `${'*a '.repeat(1_000)}${'[b '.repeat(900)}`
  return `      - id: level-${index}\n        title: Level ${index}\n        statements: >\n          ${text.trim()}\n`
})
writeFileSync('ladder.yaml', `title: Ladder\ntracks:\n  - id: ic\n    name: Engineers\n    levels:\n${levels.join('')}`)
