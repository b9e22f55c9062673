import { readLadder } from '../../src/build/read.ts'
import { createContext, type RenderContext } from '../../src/render/context.ts'
import { createWords } from '../../src/render/words.ts'
import { inFolder } from './cli.ts'
import { write } from './files.ts'

/**
 * What documents are made from: a ladder of tracks by id, each with its own lines and its levels, lowest first.
 *
 * @param head further lines of the ladder
 */
export async function contextOf(
  tracks: Record<string, readonly string[]>,
  press = '{}',
  head = '',
): Promise<RenderContext> {
  const text = Object.entries(tracks).map(
    ([id, [own = '', ...levels]]) =>
      `  - id: ${id}\n    name: Track ${id}\n${own}    levels:\n${levels.map((level) => `      - { ${level} }\n`).join('')}`,
  )
  return inFolder(async (cwd) => {
    await write(cwd, { 'ladder.yaml': `title: T\n${head}tracks:\n${text.join('')}`, 'press.yaml': press })
    const { read, diagnostics } = await readLadder({ cwd, ladder: 'ladder.yaml' })
    if (!read) throw new Error(diagnostics.map(({ message }) => message).join())
    const settings = { isDraft: false, rollUp: false, paperSize: false }
    const fonts = { families: [], names: [] } as never
    return createContext(read.ladder, read.rungs, read.press, createWords('en', undefined), fonts, settings)
  })
}
