import type Handlebars from 'handlebars'
import withoutCompiler from 'handlebars/runtime.js'

import type { TemplateTexts } from '../load/templates.ts'
import { itemHtml, openingHtml, proseHtml, inlinesHtml, restHtml } from '../markdown/html.ts'
import { isInlines, isProse } from '../markdown/line.ts'
import type { Prose } from '../markdown/prose.ts'
import { sha256 } from '../text/hash.ts'
import { withBreaks } from './addresses.ts'
import { precompiled } from './precompiled.ts'

/** What is needed to run compiled templates; Handlebars has no types for it. */
const Runtime = withoutCompiler as unknown as typeof Handlebars

/** Makes HTML of views, and has the style sheets. */
export interface Engine {
  /**
   * Renders a template to HTML. Every value is escaped; the few that are HTML already are made by our own writer from
   * prose and lines that can hold no other tags than the subset's.
   *
   * @throws TemplateError where a template of the project is broken
   */
  render(name: string, view: object): string
  /** A style sheet, or the empty string. */
  style(name: string): string
}

/** A template that cannot be read or asks for what its document does not have. */
export class TemplateError extends Error {
  readonly template: string
  constructor(template: string, message: string) {
    super(message)
    this.template = template
  }
}

/** The engine that was made last: who watches files prepares sheets again and again, and compiling takes longest. */
let last: { files: TemplateTexts; engine: Engine } | undefined

/** The engine of a set of templates; one that was made of the same templates just before is taken again. */
export async function engineOf(files: TemplateTexts): Promise<Engine> {
  const isSame =
    last?.files.size === files.size && [...files].every(([path, text]) => last?.files.get(path) === text)
  if (last && isSame) return last.engine
  const engine = await createEngine(files)
  last = { files, engine }
  return engine
}

/**
 * Prepares Handlebars for a set of templates: strict (an unknown name is an error, not a blank), known helpers only,
 * no access to prototypes, no dynamic partials (the templates are compiled from strings of the template folder only).
 * Its compiler is loaded for templates of a project alone.
 */
async function createEngine(files: TemplateTexts): Promise<Engine> {
  const paths = [...files.keys()].filter((path) => path.endsWith('.hbs'))
  const isOurs = paths.every((path) => specificationOf(path, files.get(path) ?? ''))
  const handlebars = (isOurs ? Runtime : (await import('handlebars')).default).create()
  handlebars.registerHelper(helpers)
  const options = {
    strict: true,
    knownHelpersOnly: true,
    // Handlebars' own `log` would write among the reports on stdout.
    knownHelpers: { ...Object.fromEntries(Object.keys(helpers).map((name) => [name, true])), log: false },
    noEscape: false,
  }
  const templateOf = (path: string, text: string): Handlebars.TemplateDelegate => {
    const specification = specificationOf(path, text)
    if (specification) return handlebars.template(specification)
    // The line break at the end of a file is not part of the sentence that includes it.
    const own = path.startsWith('partials/') ? text.replace(/\r?\n$/, '') : text
    return handlebars.compile(checked(path, own), options)
  }
  const compiled = new Map<string, Handlebars.TemplateDelegate>()
  for (const [path, text] of files) {
    const partial = /^partials\/(.+)\.hbs$/.exec(path)?.[1]
    if (partial === undefined) continue
    const template = templateOf(path, text)
    // Handlebars names no file; without this, people would look for a mistake in a partial in the template around it.
    handlebars.registerPartial(partial, (view: object, runtime?: Handlebars.RuntimeOptions) =>
      naming(path, () => template(view, runtime)),
    )
  }
  return {
    render(name, view) {
      const path = `${name}.hbs`
      return naming(path, () => {
        let template = compiled.get(name)
        if (!template) {
          template = templateOf(path, files.get(path) ?? '')
          compiled.set(name, template)
        }
        const html = numbered(
          template(withPassages(view), {
            allowProtoPropertiesByDefault: false,
            allowProtoMethodsByDefault: false,
          }),
        )
        // Text from the ladder is escaped, so whatever is found here stands in a template.
        const found = forbidden.exec(html)
        if (found) throw new TemplateError(path, `it writes <${found[1]}>, which sheets may not have`)
        // A byte order mark that was pasted with a text: PDF/UA-1 allows no glyph for it (ISO 14289-1, 7.21.7).
        return withBreaks(html.replaceAll('\ufeff', ''))
      })
    },
    style: (name) => files.get(`styles/${name}.css`) ?? '',
  }
}

/** A template of the tool's own as it was compiled when the program was built. */
function specificationOf(path: string, text: string): TemplateSpecification | undefined {
  const known = precompiled.get(path)
  if (!known) return undefined
  return known.sha256 === sha256(text) ? known.template : undefined
}

/** A view with its lines as Handlebars takes them: strings, or HTML where passages are in other languages. */
function withPassages(value: unknown): unknown {
  if (isProse(value)) return value
  if (isInlines(value)) return new Runtime.SafeString(inlinesHtml(value))
  if (Array.isArray(value)) return value.map((item: unknown) => withPassages(item))
  if (value === null || typeof value !== 'object') return value
  const own = Object.create(nameless) as Record<string, unknown>
  for (const [name, inner] of Object.entries(value)) own[name] = withPassages(inner)
  return own
}

/**
 * What views inherit from, in place of JavaScript's own: no name leads here, so that `{{constructor}}` is unknown like
 * any other. Handlebars writes the view into its message.
 */
const nameless: object = Object.create(null, { [Symbol.toPrimitive]: { value: () => 'a view' } })

/**
 * Gives each passage an id: Chromium (147, 156) states the language of an element within a line in its PDFs only where
 * the element has one. Ids of levels, which are places as well, have no low line.
 */
function numbered(html: string): string {
  let passages = 0
  return html.replace(/<span (?=lang=")/g, () => `<span id="passage_${(passages += 1)}" `)
}

/** Does something with a template, and says which where that fails. */
function naming<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof TemplateError) throw error
    throw new TemplateError(path, explainHandlebars(error))
  }
}

/** Handlebars names the object in its own way; people need the name and the line. */
function explainHandlebars(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const unknown = /^"(.+?)" not defined in .* - (\d+):/.exec(message)
  if (unknown) return `it asks for "${unknown[1]}", which the document does not have (line ${unknown[2]})`
  const missing = /^The partial (.+?) could not be found/.exec(message)
  if (missing) return `it includes the partial "${missing[1]}", which does not exist`
  const helper = /unknown helper (\S+) - (\d+):/.exec(message)
  if (helper) return `it asks for the helper "${helper[1]}", which there is not (line ${helper[2]})`
  const crossed = /^(\S+) doesn't match (\S+) - (\d+):/.exec(message)
  if (crossed) return `its {{#${crossed[1]}}} is closed by {{/${crossed[2]}}} (line ${crossed[3]})`
  const line = /^Parse error on line (\d+):/.exec(message)?.[1]
  if (line !== undefined) {
    if (message.endsWith("got 'EOF'"))
      return `it ends before all that it opens with {{#…}} is closed (line ${line})`
    if (message.endsWith("got 'OPEN_ENDBLOCK'")) return `it closes what is not open (line ${line})`
    return `what is in braces on line ${line} cannot be read`
  }
  if (error instanceof RangeError) return 'it includes itself, or a partial that includes it'
  return message.split('\n')[0] ?? message
}

/** What no sheet has any use for, and what would lead the browser elsewhere. */
const forbidden = /<(script|base|form|object|embed|link|meta)\b/i

/** Unescaped output is for the helpers below alone: a template that writes `{{{…}}}` would let data become HTML. */
function checked(path: string, text: string): string {
  if (/\{\{\{|\{\{~?\s*&/.test(text))
    throw new TemplateError(path, 'unescaped output ({{{ or {{&) is not allowed')
  return text
}

const helpers = {
  /** Blocks of prose: paragraphs and lists. */
  prose: (prose: unknown) => new Runtime.SafeString(proseHtml(asProse(prose))),
  /** Prose for a list item: the first paragraph stands bare. */
  item: (prose: unknown) => new Runtime.SafeString(itemHtml(asProse(prose))),
  /** Its first paragraph alone, and all that follows it: a mark may stand between them. */
  opening: (prose: unknown) => new Runtime.SafeString(openingHtml(asProse(prose))),
  rest: (prose: unknown) => new Runtime.SafeString(restHtml(asProse(prose))),
  /** The words of a line alone, for an attribute. */
  plain: (line: unknown) =>
    line instanceof Runtime.SafeString ? new Runtime.SafeString(line.toHTML().replace(/<[^>]*>/g, '')) : line,
  /** Prose on one line: its paragraphs joined. */
  phrase: (prose: unknown) =>
    new Runtime.SafeString(
      asProse(prose)
        .flatMap((block) => (block.kind === 'paragraph' ? [inlinesHtml(block.inlines)] : []))
        .join(' '),
    ),
}

function asProse(value: unknown): Prose {
  return Array.isArray(value) ? (value as Prose) : []
}
