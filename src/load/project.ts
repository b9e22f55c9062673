import { lstat, realpath } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'

import { diagnose, type Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Location, Source } from '../text/source.ts'
import { nodeAt, type YamlNode } from '../yaml/node.ts'
import { parseYaml } from '../yaml/parse.ts'
import { readSource } from './files.ts'
import { isInside, resolveInside } from './inside.ts'
import { failed } from './loaded.ts'
import { existing, findLadder, noLadder, shownPath } from './paths.ts'

/** A YAML file that was read and parsed. */
export interface YamlFile {
  readonly source: Source
  readonly root: YamlNode
}

/** The files that together make a ladder, before anything is known of what they mean. */
export interface Project {
  /** Absolute, as it was named. */
  readonly ladderPath: string
  /** The folder of the ladder, as it was named, and its real path. */
  readonly ladderFolder: { readonly named: string; readonly real: string }
  /** Absolute paths of all that was read or looked for, to tell whether it has changed. */
  readonly read: readonly string[]
  /** Real path of the folder that paths may not leave: press.yaml's, else the ladder's. */
  readonly folder: string
  readonly ladder: YamlFile
  /** In the ladder's order; `file` where a track has a file of its own. */
  readonly tracks: readonly { readonly file?: YamlFile; readonly index: number }[]
  readonly press?: YamlFile
  /** Where editions.yaml stands, or would: beside the ladder. */
  readonly editionsPath: string
  readonly editions?: YamlFile
  /** Every file read, as people are shown it. */
  readonly sources: readonly Source[]
}

/** Which files are asked for. */
export interface ProjectRequest {
  /** The current folder; paths are shown relative to it. */
  readonly cwd: string
  /** As the user named it; without it, data/ladder.yaml or ladder.yaml. */
  readonly ladder?: string
  readonly press?: string
}

/** The file with the press settings of a ladder. */
const pressName = 'press.yaml'

/** The file that says which editions of a ladder are sealed. */
export const editionsName = 'editions.yaml'

/** What has been read so far, and all that was found wrong. */
interface Reading {
  /** Paths are shown relative to it. */
  readonly cwd: string
  /** Absolute paths of what was read or looked for. */
  readonly paths: string[]
  readonly sources: Source[]
  readonly diagnostics: Diagnostic[]
}

/**
 * Reads a ladder, the track files it names, and press.yaml and editions.yaml, if there are any. Reports all that stands
 * in the way.
 *
 * @returns beside the project, absolute paths of all that was read or looked for, whether or not it makes one
 */
export async function loadProject(
  request: ProjectRequest,
): Promise<{ project?: Project; inputs: readonly string[]; diagnostics: readonly Diagnostic[] }> {
  const { cwd } = request
  const path = request.ladder === undefined ? await findLadder(cwd) : resolve(cwd, request.ladder)
  if (path === undefined) return { inputs: [], diagnostics: [noLadder()] }
  const reading: Reading = { cwd, paths: [], sources: [], diagnostics: [] }

  const ladder = await readYaml(reading, path)
  const ladderFolder = await realFolder(path)
  const pressPath =
    request.press === undefined ? await findPress(reading, ladderFolder) : resolve(cwd, request.press)
  const press = pressPath === undefined ? undefined : await readYaml(reading, pressPath, { mayBeEmpty: true })
  const folder = pressPath === undefined ? ladderFolder : await realFolder(pressPath)
  const editionsPath = join(ladderFolder, editionsName)
  const editions = await readEditions(reading, editionsPath)
  const tracks = ladder ? await readTracks(reading, ladder, { folder, ladderFolder }) : []

  // Files that do not exist yet may appear.
  const usual = request.press === undefined ? [pressName, nearlyPress] : []
  const inputs = [...reading.paths, ...usual.map((name) => join(ladderFolder, name)), editionsPath]
  const { sources, diagnostics } = reading
  if (!ladder) return { inputs, diagnostics }
  const project: Project = {
    ladderPath: path,
    folder,
    ladderFolder: { named: dirname(path), real: ladderFolder },
    read: inputs,
    ladder,
    tracks,
    ...(press && { press }),
    editionsPath,
    ...(editions && { editions }),
    sources,
  }
  return { project, inputs, diagnostics }
}

/** @param at where the file is named, if another names it */
async function readYaml(
  { cwd, paths, sources, diagnostics }: Reading,
  file: string,
  { at, mayBeEmpty = false }: { at?: Location; mayBeEmpty?: boolean } = {},
): Promise<YamlFile | undefined> {
  paths.push(file)
  const loaded = await readSource(file, shownPath(cwd, file), at)
  if (failed(loaded)) {
    diagnostics.push(...loaded.diagnostics)
    return undefined
  }
  sources.push(loaded.value)
  const parsed = parseYaml(loaded.value)
  const isEmpty = parsed.diagnostics.some(({ code }) => code === 'yaml/empty')
  if (!isEmpty || !mayBeEmpty) diagnostics.push(...parsed.diagnostics)
  return parsed.root && { source: loaded.value, root: parsed.root }
}

/**
 * The press settings beside a ladder. Those that are named may lie anywhere; those that are only found must not lead
 * elsewhere.
 */
async function findPress({ cwd, diagnostics }: Reading, ladderFolder: string): Promise<string | undefined> {
  const path = join(ladderFolder, pressName)
  const isAstray = await leadsOut(ladderFolder, path)
  if (isAstray) {
    const shown = shownPath(cwd, path)
    diagnostics.push(
      diagnose('load/outside-project', `${shown} is a link that leads out of the ladder’s folder`),
    )
  }
  diagnostics.push(...(await nearPress(cwd, ladderFolder)))
  return isAstray ? undefined : existing(path)
}

async function readEditions(reading: Reading, path: string): Promise<YamlFile | undefined> {
  const found = await lstat(path).catch(() => undefined)
  // Sealing puts a file into its place: what the link led to would be left behind.
  if (found?.isSymbolicLink()) {
    const shown = shownPath(reading.cwd, path)
    reading.diagnostics.push(diagnose('load/unreadable', `${shown} is a link, not an ordinary file`))
    return undefined
  }
  return found && readYaml(reading, path)
}

/** The tracks that a ladder has in itself or names as files, but those whose files cannot be read. */
async function readTracks(
  reading: Reading,
  ladder: YamlFile,
  { folder, ladderFolder }: { readonly folder: string; readonly ladderFolder: string },
): Promise<Project['tracks']> {
  const tracks: { file?: YamlFile; index: number }[] = []
  const list = nodeAt(ladder.root, ['tracks'])
  for (const [index, item] of (list?.kind === 'sequence' ? list.items : []).entries()) {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') {
      tracks.push({ index })
      continue
    }
    const at = { source: ladder.source, span: item.span }
    if (!/\.ya?ml$/i.test(item.value)) {
      reading.diagnostics.push(
        diagnose('load/not-yaml-name', `"${item.value}" is not the name of a YAML file`, {
          at,
          hint: 'A track is a map with id, name and levels, or the path of a file that ends in .yaml',
        }),
      )
      continue
    }
    const inside = await resolveInside([folder, ladderFolder], ladderFolder, item.value, at)
    const named = resolve(ladderFolder, item.value)
    // What is missing may appear, and a link may be made to lead elsewhere.
    const isThere = !failed(inside) && inside.value === named
    if (!isThere && [folder, ladderFolder].some((root) => isInside(root, named))) reading.paths.push(named)
    if (failed(inside)) reading.diagnostics.push(...inside.diagnostics)
    else {
      const file = await readYaml(reading, inside.value, { at })
      if (file) tracks.push({ file, index })
    }
  }
  return tracks
}

/** The name that press settings get from people who write .yml. */
const nearlyPress = 'press.yml'

/** What looks like press settings and is not read. */
async function nearPress(cwd: string, folder: string): Promise<Diagnostic[]> {
  const [own, nearly] = [join(folder, pressName), join(folder, nearlyPress)]
  const isDangling =
    (await lstat(own).catch(() => undefined))?.isSymbolicLink() === true &&
    (await existing(own)) === undefined
  const found = (await existing(nearly)) !== undefined
  return [
    ...(isDangling
      ? [diagnose('load/not-found', `${shownPath(cwd, own)} is a link that leads nowhere`)]
      : []),
    ...(found
      ? [
          diagnose('load/not-read', `${shownPath(cwd, nearly)} is not read`, {
            hint: 'Press settings belong in press.yaml; rename it, or name it with --press',
          }),
        ]
      : []),
  ]
}

/** How a file is called from the folder of the ladder, on whatever machine that lies. */
export function pathFromLadder({ ladderFolder: { named, real } }: Project, path: string): string {
  return relative(isInside(named, path) ? named : real, path)
    .split(sep)
    .join('/')
}

async function leadsOut(folder: string, path: string): Promise<boolean> {
  const real = await realpath(path).catch(() => undefined)
  return real !== undefined && !isInside(folder, real)
}

async function realFolder(path: string): Promise<string> {
  return realpath(dirname(path)).catch(() => dirname(path))
}
