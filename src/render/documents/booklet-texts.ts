import { refText, type RefText } from '../ref-texts.ts'
import { statementTexts } from '../statement-view.ts'
import type { BookletContent } from './booklet-content.ts'
import type { BookletSection } from './booklet-parts.ts'

/** Everything of the ladder that the booklet must show. Headings that become bookmarks are among it. */
export function bookletTexts({ title, glance, chapters }: BookletContent): RefText[] {
  return [
    ...refText('@/title', title),
    ...(glance ? refText('@/title', glance.title) : []),
    ...(glance?.rails ?? []).flatMap(({ track, name, levels }) => [
      ...refText(`@${track}/name`, name),
      ...levels.flatMap((level) => [
        ...refText(`${level.id}/title`, level.title),
        ...refText(`${level.id}/summary`, level.summary),
      ]),
    ]),
    ...chapters.flatMap(({ head, sections }) => [
      ...(head ? [...refText(head.ref ?? '', head.title), ...refText(head.ref ?? '', head.summary)] : []),
      ...sections.flatMap(sectionTexts),
    ]),
  ]
}

function sectionTexts(section: BookletSection): RefText[] {
  switch (section.form) {
    case 'prose':
      return [
        ...refText(section.ref, section.heading),
        // A page may end between two pieces.
        ...section.pieces.flatMap(({ block }) => refText(section.ref, [block])),
      ]
    case 'cell':
      return [
        ...refText(section.cell.ref, section.heading),
        ...refText(`${section.cell.ref}/summary`, section.cell.summary),
        ...statementTexts([...section.every, ...section.cell.statements]),
      ]
    case 'entries':
      return section.entries.flatMap(({ ref, name, text, names }) => [
        ...refText(ref, name),
        ...refText(ref, text),
        ...refText(ref, names ?? null),
      ])
    case 'contents':
    case 'key':
      return []
  }
}
