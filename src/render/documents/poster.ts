import { joined } from '../../markdown/line.ts'
import type { Sheet } from '../../plan/paper.ts'
import type { Trim } from '../../plan/trim.ts'
import type { RenderContext } from '../context.ts'
import { mm, sheetLengths, stampOf, styleOf, type Markup } from '../document.ts'
import { documentTitle } from '../edition-words.ts'
import type { Engine } from '../engine.ts'
import { footSizes, longerThan, rulerRoom, withFootParts } from '../feet.ts'
import { qrOf } from '../qr.ts'
import { sheetStyles } from '../sheet-styles.ts'
import { statementWords } from '../statement-view.ts'
import { railNameLines, posterAbreast, titleWord } from './on-screen.ts'
import { blockView } from './poster-blocks.ts'
import { keyOf } from './poster-content.ts'
import { isShort } from './poster-depths.ts'
import { placesOf } from './poster-grid.ts'
import type { PosterLayout } from './poster-layout.ts'
import { labelSlot, labelSizeFor, nameSizeFor, titleSizeFor } from './poster-names.ts'
import { hasNarrowRails, type PosterContent } from './poster-parts.ts'
import { posterMarginOn, posterScale, stacksOf } from './poster-widths.ts'

/**
 * Renders a poster, or its galley for measuring.
 *
 * @param trim what a print shop needs around it, if it is for one
 */
export function renderPoster(
  engine: Engine,
  context: RenderContext,
  sheet: Sheet,
  content: PosterContent,
  layout: PosterLayout,
  trim?: Trim,
): Markup {
  const scale = posterScale(sheet)
  const nameSize = nameSizeFor(context.fonts, content, sheet, layout.names)
  const labelSize = labelSizeFor(context.fonts, content, sheet, nameSize)
  const stacks = stacksOf(content, sheet)
  const margin = posterMarginOn(sheet)
  return {
    title: documentTitle(context),
    language: context.ladder.locale,
    direction: context.words.direction,
    root: {
      'data-kind': 'poster',
      'data-depth': content.depth,
      ...(hasNarrowRails(content) && { 'data-narrow': '' }),
      // So short that a cell may run in behind its name.
      ...(isShort(content.depth) && { 'data-short': '' }),
      ...(layout.names !== 'usual' && { 'data-names': layout.names }),
      ...(layout.galley && { 'data-galley': '' }),
      ...(stacks !== null && { 'data-stacked': '' }),
      style: styleOf({
        ...(stacks !== null && { stacks }),
        ...sheetLengths(sheet),
        size: `${layout.size}pt`,
        abreast: layout.abreast,
        scale: Math.round(scale * 10_000) / 10_000,
        'name-size': nameSize,
        'label-size': labelSize,
        'screen-label-lines': railNameLines(content, context.fonts),
        margin: mm(margin),
      }),
    },
    css: sheetStyles(engine, context, sheet, {
      names: ['base', 'poster'],
      size: layout.size,
      abreast: stacks === null ? posterAbreast(content) : null,
      trim,
    }),
    body: withFootParts(
      engine.render('poster', posterView(context, content, layout, sheet, nameSize)),
      longerThan(
        context.fonts,
        sheet.width - 2 * margin - (hasRuler(sheet) ? rulerRoom : 0),
        Math.max(footSizes.small, 14 * scale),
      ),
    ),
  }
}

/** A line of 100 mm needs a sheet that leaves room beside it. */
function hasRuler({ width }: Sheet): boolean {
  return width >= 200
}

function posterView(
  context: RenderContext,
  content: PosterContent,
  layout: PosterLayout,
  sheet: Sheet,
  nameSize: number,
): object {
  const places = placesOf(content)
  const notesArea = layout.notes === 'foot' ? null : places.notes
  return {
    content,
    words: statementWords(context),
    measure: content.id,
    // Where the shape of the ladder leaves no void for them, title and notes stand in bands of their own.
    titleArea: places.title,
    titleWord: titleWord(context.fonts, content.title),
    titleSize: titleSizeFor(context.fonts, content, sheet, places.above),
    notesArea,
    notesColumns: layout.notes === 'columns',
    notes: notesView(context, content, layout),
    blocks: content.blocks.map((block) =>
      blockView(context, block, labelSlot(context.fonts, content, sheet, block, nameSize)),
    ),
    foot: {
      ruler: hasRuler(sheet),
      left: content.foot,
      draft: content.draftOf ?? null,
      right: joined(
        [...(content.address === null ? [] : [content.address]), stampOf(unshared(content))],
        ' · ',
      ),
    },
  }
}

/**
 * The notes; of the key, that which is no text of the ladder, sentence by sentence: where a screen has rails one below the
 * other, no line carries on or bends into another.
 */
function notesView(context: RenderContext, content: PosterContent, { names }: PosterLayout): object[] {
  const { notes, blocks } = content
  // Where statements run in, the word stands alone for what is new.
  const hasBars = !(isShort(content.depth) && (hasNarrowRails(content) || names === 'small'))
  const sentences = keyOf(context, blocks)
    .filter(({ isOnBars }) => hasBars || !isOnBars)
    .flatMap(({ words, sample }) => {
      const isAbreast = sample === 'ties' || sample === 'joined' || sample === 'forks'
      const stops = { words: context.words.say('readStops'), only: 'stacked' }
      return [{ words, only: isAbreast ? 'abreast' : null }, ...(sample === 'ties' ? [stops] : [])]
    })
  const qr = qrOf(context.press.brand.address)
  return notes.map((note) =>
    note.ref === null ? { ...note, sentences, qr } : { ...note, sentences: null, qr: null },
  )
}

/** What a poster says, however its rails share the sheet. */
function unshared(content: PosterContent): PosterContent {
  const blocks = content.blocks.map((block) => ({
    ...block,
    rails: block.rails.map(({ share: _, ...rail }) => rail),
  }))
  return { ...content, blocks }
}
