import { schemas } from '../../src/validate/schemas.ts'

interface Schema {
  readonly title?: string
  readonly description?: string
  readonly examples?: readonly unknown[]
  readonly type?: string | readonly string[]
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly maxLength?: number
}

const ladder = schemas.ladder as Schema
const track = schemas.track as Schema
const press = schemas.press as Schema
const editions = schemas.editions as Schema
const defs = track.$defs ?? {}

/** What a field takes, in a few words. */
function takes(schema: Schema): string {
  if (schema.enum) return schema.enum.map((word) => `\`${word}\``).join(', ')
  if (schema.anyOf) return [...new Set(schema.anyOf.map((branch) => takes(branch)))].join(' or ')
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace(/^.*\//, '')
    if (name === 'track.schema.json') return 'a [track](#track)'
    const target = defs[name]
    if (!target) return name
    const title = target.title ?? name
    const article = /^[aeiou]/i.test(title) ? 'an' : 'a'
    return target.properties ? `${article} [${title.toLowerCase()}](#${slug(title)})` : takes(target)
  }
  const types = [schema.type ?? []].flat()
  const words: Record<string, string> = {
    string: 'text',
    number: 'text',
    integer: 'a whole number',
    boolean: '`true` or `false`',
    array: 'a list',
    object: 'fields',
  }
  return [...new Set(types.map((type) => words[type] ?? type))].join(' or ')
}

function slug(title: string): string {
  return title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}

function example(schema: Schema): string {
  const [first] = schema.examples ?? []
  if (first === undefined) return ''
  const text = typeof first === 'string' ? first.replaceAll('\n', ' ⏎ ') : JSON.stringify(first)
  return `\`${text.replaceAll('|', '\\|')}\``
}

function table(schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const must = schema.required?.includes(name) === true ? ' (must be there)' : ''
    const { description = '', maxLength } = field
    const isSaid = maxLength === undefined || description.includes('characters')
    const limit = isSaid ? '' : ` At most ${maxLength} characters.`
    return `| \`${name}\`${must} | ${takes(field)} | ${description}${limit} | ${example(field)} |`
  })
  return ['| Field | Takes | What it is | For example |', '|---|---|---|---|', ...rows].join('\n')
}

function nested(schema: Schema, name: string, heading: string): string {
  const inner = schema.properties?.[name]
  return inner ? `## ${heading}\n\n${inner.description ?? ''}\n\n${table(inner)}` : ''
}

/** The reference of all fields, made from the schemas so that it cannot differ from them. */
export function schemaReference(): string {
  const part = (schema: Schema | undefined, heading: string) =>
    schema ? `## ${heading}\n\n${schema.description ?? ''}\n\n${table(schema)}` : ''
  return `${[
    '# Fields of a ladder',
    'Everything that a ladder, its press settings and its seals may say. This page is made from the JSON Schemas beside it (`UPDATE=1 npm test` writes it, and `npm test` compares it), which editors read too: begin a ladder with the line',
    '```yaml\n# yaml-language-server: $schema=../schema/ladder.schema.json\n```',
    'and an editor with the YAML language server completes the fields and explains them. `ladderpress schema ladder` prints a schema.',
    'Text is Markdown where it says so: paragraphs, lists, **bold**, *italic*, `code` and links. Write longer text as a block (`|`), where quotation marks, colons and # are just characters.',
    'Words in another language than the ladder’s stand in brackets, with their language behind them: `[ikigai]{lang=ja}`. That works in Markdown, and in summaries, aliases and notes, which are plain text otherwise. Titles and names are plain altogether: `title-lang`, `name-lang` and `group-lang` tell their language.',
    part(ladder, 'Ladder'),
    '## Sections of a ladder\n\nLonger prose: a list of `title` and `text`; `title-lang` where the title is not in the ladder’s language.',
    part(track, 'Track'),
    part(defs['dimension'], 'Dimension'),
    part(defs['level'], 'Level'),
    part(defs['equivalent'], 'Equivalent with a note'),
    part(defs['cell-with-summary'], 'Cell with a summary'),
    part(defs['statement'], 'Statement'),
    part(press, 'Press settings'),
    nested(press, 'brand', 'Brand'),
    nested(press, 'paper', 'Paper'),
    nested(press, 'show', 'What is shown'),
    part(press.$defs?.['pack'], 'Pack'),
    part(press.$defs?.['output'], 'Output of a pack'),
    part(editions, 'Editions'),
    part(editions.properties?.['editions']?.items, 'Sealed edition'),
  ].join('\n\n')}\n`
}
