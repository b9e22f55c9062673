import type { Sheet } from '../../plan/paper.ts'
import { bareMap, type BareMapView } from '../bare-map.ts'
import type { RenderContext } from '../context.ts'
import { marginLengths, mm, sheetLengths, stampOf, styleOf, unsettled, type Markup } from '../document.ts'
import { documentTitle } from '../edition-words.ts'
import type { Engine } from '../engine.ts'
import { qrOf } from '../qr.ts'
import { readingDistance } from '../reading-distance.ts'
import { sheetStyles } from '../sheet-styles.ts'
import { statementWords } from '../statement-view.ts'
import type { BookletContent } from './booklet-content.ts'
import { glanceGalleys, glanceView } from './booklet-glance.ts'
import {
  bookletMargins,
  chapterGap,
  type BookletLayout,
  type BookletPage,
  type BookletPart,
  type GlancePage,
} from './booklet-layout.ts'
import { anchors, itemsOf, type BookletChapter } from './booklet-parts.ts'
import { chapterPart, dotsOf, runningView, type PageOf } from './booklet-views.ts'
import { titleSizeOn } from './booklet-widths.ts'

/** Renders the booklet page by page, or every chapter by itself for measuring. */
export function renderBooklet(
  engine: Engine,
  context: RenderContext,
  sheet: Sheet,
  content: BookletContent,
  layout: BookletLayout,
): Markup {
  const { ladder, words } = context
  return {
    title: documentTitle(context),
    language: ladder.locale,
    direction: words.direction,
    root: {
      'data-kind': 'booklet',
      'data-heads': layout.heads,
      ...unsettled({ galley: layout.galley, sheets: layout.pages }),
      style: styleOf({
        ...sheetLengths(sheet),
        size: `${layout.size}pt`,
        ...marginLengths(bookletMargins),
        'chapter-gap': mm(chapterGap),
      }),
    },
    css: sheetStyles(engine, context, sheet, { names: ['base', 'booklet'], size: layout.size }),
    body: engine.render('booklet', bookletView(context, sheet, content, layout)),
  }
}

/** Every chapter by itself, for measuring; without a browser also for reading. */
function longPages(
  { chapters, glance }: BookletContent,
  { galley }: Pick<BookletLayout, 'galley'>,
): BookletPage[] {
  const whole = (chapter: BookletChapter, index: number): BookletPart => ({
    chapter: index,
    first: true,
    air: 0,
    cuts: chapter.sections.map((section, at) => ({ section: at, from: 0, to: itemsOf(section) })),
  })
  const parts = chapters.map((chapter, index): BookletPage => ({
    kind: 'text',
    parts: [whole(chapter, index)],
  }))
  const rails = (glance?.rails ?? []).map(({ levels }, rail): GlancePage => ({
    kind: 'glance',
    first: rail === 0,
    rows: levels.map(() => 0),
    rails: [
      {
        rail,
        levels: levels.map((_, level) => ({ level, row: level + 1 })),
        above: false,
        below: false,
        foot: [],
        forks: [],
        ties: [],
      },
    ],
  }))
  return [
    { kind: 'cover' },
    { kind: 'imprint', parts: [] },
    // The map stands behind the contents and the key.
    ...parts.slice(0, 2),
    ...(galley ? [] : rails),
    ...parts.slice(2),
    { kind: 'back' },
  ]
}

/**
 * What the imprint says of the copy at hand, which is no part of what the booklet says.
 *
 * @param size of the statements, in pt
 */
export function imprintWords({ words }: RenderContext, stamp: string, size: number) {
  return {
    stamp: words.say('sameStamp', { stamp }),
    set: words.say('setIn', { pt: size, cm: Math.round(readingDistance(size)) }),
  }
}

function bookletView(
  context: RenderContext,
  sheet: Sheet,
  content: BookletContent,
  layout: BookletLayout,
): object {
  const { words } = context
  const pages = layout.pages ?? longPages(content, layout)
  // In a galley nobody knows the pages yet: any number of two digits keeps the room.
  const pageOf = layout.galley ? () => 88 : pagesOf(content, pages)
  const room = sheet.width - bookletMargins.inner - bookletMargins.outer
  const lastNotes = pages.findIndex((page) => page.kind === 'notes' && page.last)
  return {
    words: statementWords(context),
    pages: pages.map((page, index) => ({
      kind: page.kind,
      side: index % 2 === 0 ? 'recto' : 'verso',
      running: runningView(context, content, page),
      cover:
        page.kind === 'cover'
          ? {
              title: content.title,
              titleSize: titleSizeOn(context.fonts, content, 3, room),
              organisation: content.organisation,
              edition: content.edition,
              map: coverMap(context, sheet, room),
            }
          : null,
      imprint:
        page.kind === 'imprint'
          ? {
              title: content.foot,
              organisation: content.organisation,
              edition: content.edition,
              newest: content.newest,
              notice: content.notice,
              ...imprintWords(context, stampOf(content), layout.size),
              measure: layout.galley ? 'imprint' : null,
            }
          : null,
      glance: page.kind === 'glance' ? glanceView(content, page, words.say('continued'), pageOf) : null,
      parts:
        page.kind === 'text' || page.kind === 'imprint'
          ? page.parts.map((part) =>
              chapterPart(context, content, part, { galley: layout.galley, pageOf, room }),
            )
          : [],
      notes:
        page.kind === 'notes'
          ? { title: content.notes, id: index === lastNotes ? anchors.notes : null, dots: dotsOf(sheet) }
          : null,
      back:
        page.kind === 'back'
          ? {
              title: content.title,
              newest: content.newest,
              printedFrom: content.printedFrom,
              qr: qrOf(context.press.brand.address),
            }
          : null,
      folio:
        page.kind === 'cover' || page.kind === 'imprint' || page.kind === 'back' || layout.pages === null
          ? null
          : { number: index + 1, draft: content.draftOf ?? null, foot: content.foot },
    })),
    galleys: layout.galley ? glanceGalleys(content, words.say('continued'), pageOf) : [],
  }
}

/** The smallest size of a mark on the cover, in mm: with smaller ones, the map would be a grey area. */
const leastMark = 1.2

/** @param width of the text, in mm */
function coverMap(context: RenderContext, sheet: Sheet, width: number): BareMapView | null {
  const map = bareMap(context, {
    width,
    height: sheet.height * 0.5,
    rail: width * 0.62,
    rung: sheet.height * 0.09,
    mark: 4.6,
  })
  return map.marks.some(({ scale }) => scale * 10 < leastMark) ? null : map
}

/** On which page each place is, by its id. */
function pagesOf({ chapters }: BookletContent, pages: readonly BookletPage[]): PageOf {
  const numbers = new Map<string, number>()
  const note = (id: string | null, page: number) => {
    if (id !== null && !numbers.has(id)) numbers.set(id, page)
  }
  for (const [index, page] of pages.entries()) {
    if (page.kind === 'glance') note(anchors.glance, index + 1)
    if (page.kind === 'notes' && page.last) note(anchors.notes, index + 1)
    if (page.kind !== 'text' && page.kind !== 'imprint') continue
    for (const { chapter: at, first, cuts } of page.parts) {
      const chapter = chapters[at]
      if (!chapter) continue
      if (first) note(chapter.id, index + 1)
      for (const { section: number, from, to } of cuts) {
        const section = chapter.sections[number]
        if (section?.form === 'prose' && from === 0) note(section.id, index + 1)
        if (section?.form === 'entries')
          for (const { id } of section.entries.slice(from, to)) note(id, index + 1)
      }
    }
  }
  return (id) => numbers.get(id) ?? null
}
