import { expect, test } from 'vitest'

import { createSource } from '../../../src/text/source.ts'
import { toJson } from '../../../src/yaml/node.ts'
import { parseYaml } from '../../../src/yaml/parse.ts'
import { listOf, withItem } from '../../../src/yaml/write.ts'

const item = { edition: '2026.10', sha256: '1e1', texts: { '@/title': '12345678' } }

function read(text: string): unknown {
  const { root, diagnostics } = parseYaml(createSource('editions.yaml', text))
  expect(diagnostics).toEqual([])
  return JSON.parse(JSON.stringify(root && toJson(root)))
}

test('what looks like a number and is text is read as text again', () => {
  expect(read(listOf('editions', item))).toEqual({ editions: [item] })
})

test.each([
  ['a list of two columns', 'editions:\n  - edition: a\n'],
  ['a list at the margin', 'editions:\n- edition: a\n- edition: b\n'],
  ['a list of four columns without a last line end', '# c\neditions:\n    - { edition: a } # kept'],
  ['the line ends of Windows', 'editions:\r\n  # c\r\n  - edition: a\r\n'],
  ['a block as the last text', 'editions:\n  - edition: |\n      a\n'],
])('an item goes behind %s, which stays letter by letter', (_, text) => {
  const after = withItem(text, 'editions', item)
  expect(after.startsWith(text)).toBe(true)
  const before = read(text) as { editions: unknown[] }
  expect(read(after)).toEqual({ editions: [...before.editions, item] })
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  expect(after.replaceAll(end, '')).not.toMatch(/[\r\n]/)
})

test.each([
  ['in brackets', '# c\neditions: [{ edition: 2025.10 }] # kept\n'],
  ['before the end of the document', '# c\neditions:\n  - edition: 2025.10 # kept\n...\n'],
])('where the list stands %s, the text is written anew and says the same', (_, text) => {
  const after = withItem(text, 'editions', item)
  expect(read(after)).toEqual({ editions: [{ edition: 2025.1 }, item] })
  for (const kept of ['# c', '2025.10', '# kept']) expect(after).toContain(kept)
})
