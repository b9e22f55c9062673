import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Every file below a folder with the hash of its bytes, links not followed. */
export async function hashes(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const pairs = await Promise.all(
    files.map(async (path): Promise<[string, string]> => [
      path.slice(folder.length + 1),
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ]),
  )
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Writes files below a folder. */
export async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

/** A ladder of two tracks that builds quickly. */
export const smallLadder = `title: Small ladder
edition: 2026.10
effective: 2026-10-01
tracks:
  - id: ic
    name: Engineers
    dimensions: [{ id: craft, name: Craft }, { id: people, name: People }]
    levels:
      - id: engineer
        title: Engineer
        equivalent: none
        expectations: { craft: Builds things, people: Helps others }
      - id: senior
        title: Senior Engineer
        equivalent: lead
        expectations: { craft: Builds larger things, people: Teaches others }
  - id: mg
    name: Managers
    adjective: management
    levels:
      - id: lead
        title: Team Lead
        statements: |
          - Leads a team
          - Holds 1:1s
`
