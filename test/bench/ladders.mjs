// Ladders of any size, the same each time: tracks of up to twenty levels, four dimensions, about a hundred words a level.

const verbs = 'builds plans teaches reviews owns writes designs measures mends explains leads decides'.split(
  ' ',
)
const things =
  'services tools standards teams products interviews budgets roadmaps incidents customers documents experiments'.split(
    ' ',
  )

/** @param levels how many there are in all */
export function ladderOf(levels) {
  const perTrack = Math.min(20, levels)
  const tracks = Array.from({ length: Math.ceil(levels / perTrack) }, (_, track) => track)
  let left = levels
  const lines = [
    'title: Generated ladder',
    'edition: 2026.1',
    'effective: 2026-01-01',
    'style: additive',
    'dimensions:',
  ]
  for (const name of ['Craft', 'People', 'Reach', 'Results'])
    lines.push(`  - { id: ${name.toLowerCase()}, name: ${name} }`)
  lines.push('tracks:')
  for (const track of tracks) {
    lines.push(
      `  - id: track-${track}`,
      `    name: Track ${track + 1}`,
      '    dimensions: [craft, people, reach, results]',
      '    levels:',
    )
    for (let level = 0; level < perTrack && left > 0; level += 1, left -= 1) {
      lines.push(`      - id: level-${track}-${level}`, `        title: Level ${track + 1}.${level + 1}`)
      lines.push(
        `        summary: Is trusted with what level ${level + 1} of track ${track + 1} is trusted with.`,
      )
      if (track > 0 && level % 5 === 0 && track % 5 !== 0)
        lines.push(`        equivalent: level-${track - 1}-${level}`)
      lines.push('        expectations:')
      for (const [side, id] of ['craft', 'people', 'reach', 'results'].entries()) {
        lines.push(`          ${id}: |`)
        for (let statement = 0; statement < 3; statement += 1) {
          const at = track * 7 + level * 5 + side * 3 + statement
          const thing = things[(at * 5) % things.length]
          lines.push(
            `            - ${upper(verbs[at % verbs.length])} ${thing} for a group of ${level + 2}, and says why (${at})`,
          )
        }
      }
    }
  }
  return `${lines.join('\n')}\n`
}

function upper(word) {
  return word[0].toUpperCase() + word.slice(1)
}
