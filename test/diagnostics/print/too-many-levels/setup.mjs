import { writeFileSync } from 'node:fs'

const track = (id) => `  - id: ${id}
    name: Track ${id}
    levels:
${Array.from({ length: 201 }, (_, index) => `      - { id: ${id}-${index}, title: Level ${id} ${index}, statements: Does something }`).join('\n')}
`
writeFileSync('ladder.yaml', `title: Large ladder\ntracks:\n${track('a')}${track('b')}`)
