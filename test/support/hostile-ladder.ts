/** As many of the texts, joined, as fit into a field; one of them in part where even the first is too long. */
function fill(most: number, texts: readonly string[]): string {
  let filled = ''
  for (const text of texts) {
    const longer = filled === '' ? text : `${filled} ${text}`
    if (longer.length <= most) filled = longer
  }
  return filled === '' ? (texts[0] ?? '').slice(0, most) : filled
}

/** How many of the texts a level has one by one. */
const perLevel = 8

/**
 * A ladder and its press settings with the given texts in every field that takes free text: one by one where a field
 * occurs often, side by side where it occurs once. Each field begins with a word of its own, by which it can be found.
 */
export function hostileLadder(texts: readonly string[]): {
  files: Record<string, string>
  words: string[]
} {
  const words = new Set<string>()
  let turn = 0
  /** The next texts, so that a field that occurs twice does not hold the same. */
  const next = () => {
    turn += 3
    return [...texts.slice(turn % texts.length), ...texts.slice(0, turn % texts.length)]
  }
  const line = (word: string, most: number, own: readonly string[] = next()) => {
    words.add(word)
    return `${word} ${fill(most - word.length - 1, own)}`
  }
  const inline = (word: string, text: string) => {
    words.add(word)
    return `${word} ${text}`
  }
  const block = (word: string, text: string) => {
    words.add(word)
    return `${word}\n\n${text}`
  }
  const dimensions = (track: string) => [
    { id: `${track}-a`, name: line('Dimensionname', 200), summary: line('Dimensionsummary', 600) },
    {
      group: line('Groupname', 200),
      summary: line('Groupsummary', 600),
      dimensions: ['b', 'c'].map((id) => ({ id: `${track}-${id}`, name: line('Membername', 200) })),
    },
  ]
  const level = (id: string, own: readonly string[]) => ({
    id,
    title: line('Leveltitle', 90, own),
    summary: line('Levelsummary', 140, own.toReversed()),
    aliases: own.map((text) => line('Alias', 200, [text])),
    grade: line('Grade', 40),
    intro: block('Levelintro', own.at(-1) ?? ''),
  })
  const noteOnly = (id: string) => ({
    id,
    title: line('Notetitle', 90),
    intro: next()
      .slice(0, 2)
      .map((text) => block('Noteonly', text))
      .join('\n\n'),
  })
  const described = (track: string, id: string, own: readonly string[]) => ({
    ...level(id, own),
    expectations: {
      [`${track}-a`]: own.map((text) => `- ${inline('Bullet', text)}`).join('\n'),
      [`${track}-b`]: own.map((text, index) => ({
        text: inline('Statement', text),
        examples: [block('Example', text)],
        ...(index === 0 && { optional: true, polarity: 'effective' }),
      })),
      [`${track}-c`]: {
        summary: line('Cellsummary', 300, own),
        statements: `${inline('Detailed', own[0] ?? '')}:\n\n- ${inline('Detail', own[1] ?? '')}`,
      },
    },
  })
  const groups = Math.ceil(texts.length / perLevel)
  const split = Math.ceil(groups / 2)
  const ids = Array.from({ length: groups }, (_, index) => `level-${index}`)
  const own = (index: number) => texts.slice(index * perLevel, (index + 1) * perLevel)
  const ladder = {
    title: line('Laddertitle', 200),
    edition: line('Ed', 40),
    intro: block('Ladderintro', texts.slice(0, 6).join('\n\n')),
    sections: texts.map((text) => ({
      title: line('Sectiontitle', 200, [text]),
      text: block('Sectiontext', text),
    })),
    tracks: [
      {
        id: 'one',
        name: line('Trackname', 90),
        adjective: line('Adj', 60),
        intro: block('Trackintro', next()[0] ?? ''),
        dimensions: dimensions('one'),
        'every-level': { 'one-a': `- ${inline('Everylevel', next()[0] ?? '')}` },
        levels: [
          ...ids.slice(0, split).map((id, index) => described('one', id, own(index))),
          noteOnly('note-one'),
        ],
      },
      {
        id: 'two',
        name: line('Trackname', 90),
        adjective: line('Adj', 60),
        levels: [
          ...ids.slice(split).map((id, index) => ({
            ...level(id, own(split + index)),
            equivalent:
              index === 0 ? 'none' : { to: ids[index], note: line('Note', 200, own(split + index)) },
            statements: own(split + index).map((text) => block('Plainstatement', text)),
          })),
          noteOnly('note-two'),
        ],
      },
    ],
  }
  const address = texts.find((text) => /^\S+$/.test(text) && text.length < 150) ?? ''
  const press = {
    brand: { name: line('Brand', 120), address: `https://address.example/${address}` },
    paper: { matrix: 'A0', poster: '3000x3000mm' },
    show: { grade: true },
    notice: line('Notice', 600),
  }
  // JSON is YAML, with every character written safely.
  const files = { 'ladder.yaml': JSON.stringify(ladder), 'press.yaml': JSON.stringify(press) }
  return { files, words: [...words] }
}
