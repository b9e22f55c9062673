/** Numbers that are the same in every run: from 0 to below 1. */
export function numbersFrom(seed: number): () => number {
  // Mulberry32.
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Level {
  id: string
  title: string
  described: boolean
  cells: string[][]
}

interface Track {
  id: string
  name: string
  dimensions: string[]
  levels: Level[]
}

/** A ladder that can be changed at random, and what stands beside it. */
export interface RandomProject {
  title: string
  edition: string
  comments: number
  tracks: Track[]
  press: string | null
  style: string | null
}

const words =
  'builds plans helps others teams systems products customers writes reviews teaches decides owns leads learns explains designs mends tests measures'.split(
    ' ',
  )

export function randomProject(random: () => number): RandomProject {
  const count = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  return {
    title: 'A ladder',
    edition: '2026.1',
    comments: 0,
    press: null,
    style: null,
    tracks: Array.from({ length: count(1, 2) }, (_, track) => ({
      id: `track-${track}`,
      name: `Track ${track}`,
      dimensions: Array.from({ length: count(1, 3) }, (__, index) => `Side ${index}`),
      levels: Array.from({ length: count(1, 3) }, (__, index) => ({
        id: `level-${track}-${index}`,
        title: `Level ${track} ${index}`,
        described: index === 0 || random() < 0.8,
        cells: [],
      })),
    })),
  }
}

/** Changes one thing. */
export function changeSomething(project: RandomProject, random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const track = pick(project.tracks)
  const level = pick(track.levels)
  const sentence = () => Array.from({ length: 3 + Math.floor(random() * 8) }, () => pick(words)).join(' ')
  const changes: Record<string, () => void> = {
    statement() {
      level.described = true
      const at = Math.floor(random() * track.dimensions.length)
      level.cells[at] = [...(level.cells[at] ?? []), sentence()]
    },
    'long statements'() {
      level.described = true
      level.cells[0] = Array.from({ length: 30 }, sentence)
    },
    title: () => void (level.title = `${level.title} x`),
    'name of the ladder': () => void (project.title = `${project.title} x`),
    edition: () => void (project.edition = `${project.edition}1`),
    comment: () => void (project.comments += 1),
    'level more': () =>
      void track.levels.push({
        id: `${level.id}-n${track.levels.length}`,
        title: sentence().slice(0, 30),
        described: true,
        cells: [[sentence()]],
      }),
    'level less'() {
      if (track.levels.length > 1) track.levels.pop()
    },
    press: () => void (project.press = project.press === null ? 'brand: { name: Acme }\n' : null),
    style: () =>
      void (project.style =
        project.style === null ? '/* mine */\n.standfirst { font-style: italic }\n' : null),
  }
  const name = pick(Object.keys(changes))
  changes[name]?.()
  return name
}

export function yamlOf({ title, edition, comments, tracks }: RandomProject): string {
  const lines = [
    ...Array.from({ length: comments }, (_, index) => `# comment ${index}`),
    `title: ${title}`,
    `edition: "${edition}"`,
    'missing: not-defined',
    'tracks:',
  ]
  for (const track of tracks) {
    lines.push(`  - id: ${track.id}`, `    name: ${track.name}`, '    dimensions:')
    for (const [index, name] of track.dimensions.entries())
      lines.push(`      - { id: ${track.id}-side-${index}, name: ${name} }`)
    lines.push('    levels:')
    for (const { id, title: name, described, cells } of track.levels) {
      lines.push(`      - id: ${id}`, `        title: ${name}`)
      const filled = track.dimensions.flatMap((_, index) => {
        const statements = cells[index]
        return statements ? [[`${track.id}-side-${index}`, statements] as const] : []
      })
      if (!described) lines.push('        described: false')
      else if (filled.length === 0) lines.push('        intro: A note')
      else {
        lines.push('        expectations:')
        for (const [side, statements] of filled)
          lines.push(`          ${side}: |`, ...statements.map((text) => `            - ${text}`))
      }
    }
  }
  return `${lines.join('\n')}\n`
}
