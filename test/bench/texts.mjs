// What the one-pagers of a ladder say, as Markdown, for programs that print that.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** @returns one text for each level that is described */
export async function onePagerTexts(root, path) {
  const { readLadder } = await import(pathToFileURL(join(root, 'dist', 'index.mjs')).href)
  const { read } = await readLadder({ cwd: root, ladder: path })
  return read.ladder.tracks.flatMap((track) =>
    track.levels
      .filter((level) => level.described)
      .map((level) => {
        const sections = level.cells.map((cell, index) => {
          const statements = cell.statements.map(({ prose }) => `- ${plain(prose)}`)
          return `## ${track.dimensions[index]?.name ?? cell.dimension}\n\n${statements.join('\n')}\n`
        })
        const intro = level.intro ? `${plain(level.intro)}\n\n` : ''
        return `# ${level.title}\n\n${plainLine(level.summary)}\n\n${intro}${sections.join('\n')}`
      }),
  )
}

function plainLine(line) {
  return typeof line === 'string' ? line : ''
}

function plain(prose) {
  return prose.flatMap((block) => (block.inlines ?? []).map((inline) => inline.text ?? '')).join('')
}
