import type { Boxes, TextLine } from '../fit/boxes.ts'
import type { Fitted, Outcome, TooHigh } from '../fit/fitted.ts'
import type { Composition } from '../plan/composition.ts'
import type { Job } from '../plan/job.ts'
import { turn, type Sheet } from '../plan/paper.ts'
import { addCharacters, charactersOf } from '../render/characters.ts'
import type { RenderContext } from '../render/context.ts'
import { stampOf, type Markup } from '../render/document.ts'
import type { Characters } from '../render/fonts.ts'
import type { RefText } from '../render/ref-texts.ts'
import type { WordKey } from '../render/words.ts'

/**
 * Boxes of galleys by what stood in them and how they were set. While a ladder is being written it is measured again
 * and again, and most of it has not changed.
 */
export interface MeasuredGalleys {
  readonly before: ReadonlyMap<string, Boxes>
  /** Takes what was measured or needed now. */
  readonly now: Map<string, Boxes>
}

/** A page in which galleys are laid out. */
export interface Measurer {
  show(id: string, markup: Markup): Promise<void>
  /** Alters attributes and custom properties of the root (`--size`), then measures. */
  measure(attributes: Readonly<Record<string, string>>): Promise<Boxes>
  /** Where each line of text stands on the first sheet, and what it belongs to. */
  lines(): Promise<readonly TextLine[]>
  /** What was measured before, where it is kept. */
  readonly measured?: MeasuredGalleys
}

/** A document before its layout is known. */
export interface Member {
  readonly job: Job
  readonly stamp: string
  /** Plain data: everything the document says. */
  readonly content: object
  readonly texts: readonly RefText[]
  readonly characters: Characters
}

/** How a document is set, once its layout is settled. */
export interface Setting extends Outcome {
  /** As it lies: a sheet may have been turned. */
  readonly sheet: Sheet
  /** Everything of the ladder that it must show at this layout. */
  readonly texts: readonly RefText[]
  readonly stamp: string
  /** Of the statements, in pt; of the smallest text where there are none. */
  readonly size: number
  /** On what sheets its pages are laid, where they are. */
  readonly composition?: Composition
}

/** A document whose layout is settled. */
export interface SetDocument extends Setting {
  readonly markup: Markup
}

/** A document whose layout is settled, and that is drawn when it is its turn: a thousand at once would fill memory. */
export interface FittedDocument extends Setting {
  draw(): Markup
  /** How it is laid out, as its typesetter knows it. */
  readonly layout: object
}

/**
 * Sets all documents of one kind: they share their size, so all are measured, also where only one is printed. Joins
 * what `render` can draw with what `fit` decides.
 */
export interface Typesetter {
  readonly members: readonly Member[]
  fit(page: Measurer): Promise<ReadonlyMap<string, FittedDocument | { readonly tooHigh: TooHigh }>>
  /** At the preferred size, for builds without a browser. */
  unfitted(id: string): Markup
  /** In the layout of an earlier state with as many parts, until it is measured. */
  asBefore(id: string, layout: object): Markup
}

/** Words that templates may add around what a document says. */
const surrounding: readonly WordKey[] = [
  'pageOf',
  'sheetOf',
  'continued',
  'everyLevel',
  'example',
  'optional',
  'new',
  'addresses',
  'notes',
  'seeSheet',
  'effective',
  'ineffective',
]

/** A document of a kind, with what it says. */
export interface KindDocument<Content> {
  readonly job: Job
  readonly content: Content
}

/** What the layouts of all kinds have. */
export interface KindLayout {
  /** Of the statements, in pt. */
  readonly size: number
  readonly turned?: boolean
}

/** What sets one kind of documents apart from the others. */
export interface KindWork<Content extends object, Layout extends KindLayout> {
  readonly documents: readonly KindDocument<Content>[]
  /** What a document says; in some layouts (the poster's depths) it says less than everything. */
  says(document: KindDocument<Content>, layout: Layout | null): { content: object; texts: readonly RefText[] }
  /** What is printed beside what a document says, as data: its characters need fonts too. */
  around?(document: KindDocument<Content>): unknown
  draw(document: KindDocument<Content>, layout: Layout): Markup
  /** On what sheets the pages of a set document are laid. */
  compose?(document: KindDocument<Content>, layout: Layout): Composition | undefined
  /** The layout for builds without a browser. */
  preferred(document: KindDocument<Content>): Layout
  /** Decides on every document's layout. Not called where there is none. */
  fit(
    page: Measurer,
    documents: readonly [KindDocument<Content>, ...KindDocument<Content>[]],
  ): Promise<ReadonlyMap<string, Fitted<Layout>>>
}

/** Makes a typesetter of what is particular to a kind. */
export function createTypesetter<Content extends object, Layout extends KindLayout>(
  context: RenderContext,
  work: KindWork<Content, Layout>,
): Typesetter {
  const { documents } = work
  const documentOf = (id: string) => {
    const document = documents.find(({ job }) => job.id === id)
    if (!document) throw new Error(`There is no document ${id}`)
    return document
  }
  return {
    members: documents.map((document) =>
      memberOf(context, document.job, work.says(document, null), work.around?.(document)),
    ),
    async fit(page) {
      const set = new Map<string, FittedDocument | { readonly tooHigh: TooHigh }>()
      const [first, ...others] = documents
      if (!first) return set
      const fitted = await work.fit(page, [first, ...others])
      for (const document of documents) {
        const result = fitted.get(document.job.id)
        if (!result || 'tooHigh' in result) {
          if (result) set.set(document.job.id, result)
          continue
        }
        const { layout, ...rest } = result
        let known: ReturnType<typeof work.says> | undefined
        const said = () => (known ??= work.says(document, layout))
        const composition = work.compose?.(document, layout)
        set.set(document.job.id, {
          ...rest,
          layout,
          draw: () => work.draw(document, layout),
          // Found when they are asked for: of many that are measured, few may be printed.
          get texts() {
            return said().texts
          },
          get stamp() {
            return stampOf(said().content)
          },
          sheet: sheetOf(document.job, layout),
          size: rest.size ?? layout.size,
          ...(composition && { composition }),
        })
      }
      return set
    },
    unfitted(id) {
      const document = documentOf(id)
      return work.draw(document, work.preferred(document))
    },
    asBefore: (id, layout) => work.draw(documentOf(id), layout as Layout),
  }
}

/** The sheet of a job as a layout has it lie. */
export function sheetOf({ sheet }: Job, { turned }: Pick<KindLayout, 'turned'>): Sheet {
  return turned ? turn(sheet) : sheet
}

function memberOf(
  context: RenderContext,
  job: Job,
  { content, texts }: { content: object; texts: readonly RefText[] },
  around: unknown,
): Member {
  const characters = charactersOf(content)
  const words = surrounding.map((key) => context.words.say(key, { page: '0123456789', pages: '' }))
  addCharacters(characters, charactersOf([words, around]))
  return { job, stamp: stampOf(content), content, texts, characters }
}
