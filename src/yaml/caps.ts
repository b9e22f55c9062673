import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Source } from '../text/source.ts'

/** What a file may hold. Generous for ladders, deadly for bombs; each limit is checked before memory is spent. */
export const caps = {
  /** Bytes of one file. */
  bytes: 8 * 1024 * 1024,
  /** Nested lists and maps; a ladder needs about 12. */
  depth: 64,
  anchors: 100,
  aliases: 50,
  /** Values after aliases are written out; a ladder of 1,000 levels has some 60,000. */
  values: 500_000,
} as const

/**
 * Watches the lexer's tokens go by and says when a cap is passed. The composer is recursive: 100,000 nested
 * brackets would end the process, uncatchably, so the depth must be known before anything is composed.
 */
export function createCapWatch(source: Source) {
  let offset = 0
  let flowDepth = 0
  let anchors = 0
  let aliases = 0
  let previous = ''
  let indicatorLine = -1
  const columns: number[] = []

  const over = (code: 'yaml/too-deep' | 'yaml/too-many-anchors' | 'yaml/too-many-aliases', message: string) =>
    diagnose(code, message, { at: { source, span: { start: offset, end: offset + 1 } } })

  return {
    /** @returns the diagnostic of the first cap passed, after which nothing more must be parsed */
    see(token: string): Diagnostic | undefined {
      let found: Diagnostic | undefined
      if (previous !== '\u001f') {
        if (token === '[' || token === '{') flowDepth += 1
        else if (token === ']' || token === '}') flowDepth = Math.max(0, flowDepth - 1)
        else if (flowDepth === 0 && (token === '-' || token === '?' || token === ':')) nest(token)
        else if (token.startsWith('&')) anchors += 1
        else if (token.startsWith('*')) aliases += 1

        if (columns.length + flowDepth > caps.depth) {
          found = over('yaml/too-deep', `Lists and maps are nested more than ${caps.depth} deep here`)
        } else if (anchors > caps.anchors) {
          found = over('yaml/too-many-anchors', `There are more than ${caps.anchors} anchors (&name)`)
        } else if (aliases > caps.aliases) {
          found = over('yaml/too-many-aliases', `There are more than ${caps.aliases} aliases (*name)`)
        }
      }
      previous = token
      if (!isControl(token)) offset += token.length
      return found
    },
  }

  /** Block collections nest by column: what begins further right than the last lies inside it. */
  function nest(indicator: string) {
    const { text } = source
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1
    const start = text.slice(lineStart, lineStart + 4_000)
    if (lineStart !== indicatorLine) {
      indicatorLine = lineStart
      const indent = (/^ */.exec(start)?.[0] ?? '').length
      while ((columns.at(-1) ?? -1) >= indent) columns.pop()
    }
    // A map begins where its key does, behind the dashes of the lists it stands in.
    columns.push(indicator === ':' ? (/^(?: *[-?] )* */.exec(start)?.[0] ?? '').length : offset - lineStart)
  }
}

/** The lexer's own marks (document start, scalar follows, flow error); they stand for no text. */
function isControl(token: string): boolean {
  return token === '\u0002' || token === '\u0018' || token === '\u001f'
}
