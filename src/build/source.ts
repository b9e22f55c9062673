import type { Job } from '../plan/jobs.ts'
import { toJson, type JsonValue } from '../yaml/node.ts'
import { yamlOf } from '../yaml/write.ts'
import type { ReadLadder } from './read.ts'

type Fields = { [key: string]: JsonValue }

/**
 * What a document shows of the ladder, as YAML to embed in it: tracks in files of their own put in, without comments,
 * drafts and what is not shown.
 *
 * @returns undefined for one-pagers, which go to people outside
 */
export function sourceOf({ project, ladder, press }: ReadLadder, job: Job): string | undefined {
  if (job.kind === 'one-pager') return undefined
  const { tracks: _, sections, ...fields } = toJson(project.ladder.root) as Fields
  const inline = (toJson(project.ladder.root) as { tracks: JsonValue[] }).tracks
  const tracks = ladder.tracks.flatMap((track, index): JsonValue[] => {
    if (!job.subjects.tracks.includes(track.id)) return []
    const file = project.tracks.find((entry) => entry.index === index)?.file
    const written = (file ? toJson(file.root) : inline[index]) as Fields
    const levels = track.levels.flatMap((level, at): JsonValue[] => {
      const own = (written['levels'] as Fields[])[at]
      if (!own || level.status === 'draft') return []
      // Of a track, a next-step sheet shows two levels.
      if (!job.subjects.levels.includes(level.id)) return []
      const { grade, ...rest } = own
      return [press.show.grade && grade !== undefined ? { ...rest, grade: level.grade ?? null } : rest]
    })
    return [{ ...written, levels }]
  })
  const edition = ladder.edition === undefined ? {} : { edition: ladder.edition }
  const more = job.kind === 'booklet' && sections !== undefined ? { sections } : {}
  return yamlOf({ ...fields, title: ladder.title, ...edition, ...more, tracks })
}
