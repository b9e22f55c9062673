import { diagnose } from '../diagnostics/diagnostic.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import { field, fieldPlace, items, placeOf, written, type Located } from '../yaml/located.ts'
import type { Dimension, DimensionGroup } from './ladder.ts'
import { language, line, sentence, type Builder } from './reader.ts'

/** The ladder's shared dimensions, by id. */
export function buildSharedDimensions(builder: Builder, ladder: Located): ReadonlyMap<string, Dimension> {
  const list = buildDimensions(builder, '@', field(ladder, 'dimensions'), new Map())
  return new Map(list.map((dimension) => [dimension.id, { ...dimension, shared: true }]))
}

/**
 * The dimensions of a track, flat and in reading order; members of a group carry it.
 *
 * @param owner what refs begin with
 * @param shared the ladder's dimensions, which a track may name by id
 */
export function buildDimensions(
  builder: Builder,
  owner: string,
  list: Located | undefined,
  shared: ReadonlyMap<string, Dimension>,
): Dimension[] {
  const listing: Listing = { builder, owner, shared, dimensions: [], first: new Map() }
  for (const item of items(list)) addItem(listing, item, undefined)
  return listing.dimensions
}

/** A list of dimensions that is being read. */
interface Listing {
  readonly builder: Builder
  readonly owner: string
  readonly shared: ReadonlyMap<string, Dimension>
  readonly dimensions: Dimension[]
  /** Where each id was listed first. */
  readonly first: Map<string, Located>
}

/** An item of the list: the id of a shared dimension, a group, or a dimension. */
function addItem(listing: Listing, item: Located, group: DimensionGroup | undefined): void {
  if (item.node.kind === 'scalar') addShared(listing, item, group)
  else if (field(item, 'group')) addGroup(listing, item, group)
  else addOwn(listing, item, group)
}

function addShared(listing: Listing, item: Located, group: DimensionGroup | undefined): void {
  const { builder, shared } = listing
  const id = written(item) ?? ''
  const known = shared.get(id)
  if (known) {
    const of = known.group ?? group
    add(listing, { ...known, ...(of && { group: of }) }, item)
    return
  }
  builder.diagnostics.push(
    diagnose('ladder/unknown-dimension', `The ladder has no shared dimension "${id}"`, {
      at: placeOf(item),
      hint:
        didYouMean(id, shared.keys()) ?? 'Define it under the ladder’s dimensions, or here with id and name',
    }),
  )
}

function addGroup(listing: Listing, item: Located, outer: DimensionGroup | undefined): void {
  const { builder, owner, dimensions } = listing
  const [id, name] = [field(item, 'id'), field(item, 'name')]
  const members = items(field(item, 'dimensions'))
  const at = fieldPlace(item, 'group')
  if (outer || id || name) {
    const problem = outer ? 'Groups of dimensions do not nest' : 'This is a dimension and a group at once'
    builder.diagnostics.push(diagnose('ladder/dimension-or-group', problem, { at, hint: eitherOr }))
    // Known by its id all the same, so that its cells are not called unknown too.
    if (id) add(listing, { id: written(id) ?? '', name: written(name) ?? '', shared: false }, item)
    for (const member of members) addItem(listing, member, outer)
    return
  }
  const group = groupOf(builder, `${owner}/group/${dimensions.length}`, item)
  if (members.length === 0) {
    builder.diagnostics.push(
      diagnose('ladder/dimension-or-group', 'This group lists no dimensions', {
        at,
        hint: 'Add dimensions: with the members of the group',
      }),
    )
  }
  for (const member of members) addItem(listing, member, group)
}

function addOwn(listing: Listing, item: Located, group: DimensionGroup | undefined): void {
  const { builder, owner } = listing
  const [id, name] = [field(item, 'id'), field(item, 'name')]
  if (!id || !name) {
    builder.diagnostics.push(
      diagnose('ladder/dimension-or-group', `This dimension has no ${id ? 'name' : 'id'}`, {
        at: placeOf(item),
        hint: eitherOr,
      }),
    )
    if (id) add(listing, { id: written(id) ?? '', name: written(id) ?? '', shared: false }, item)
    return
  }
  const key = written(id) ?? ''
  const ref = `${owner}/${key}`
  const nameLanguage = language(builder, `${ref}/name-lang`, field(item, 'name-lang'))
  const summary = sentence(builder, `${ref}/summary`, field(item, 'summary'))
  const dimension = {
    id: key,
    name: line(builder, `${ref}/name`, name) ?? key,
    ...(nameLanguage !== undefined && { nameLanguage }),
    ...(summary !== undefined && { summary }),
    ...(group && { group }),
    shared: false,
  }
  add(listing, dimension, item)
}

const eitherOr = 'A dimension has id and name; a group has group and dimensions'

function add({ builder, dimensions, first }: Listing, dimension: Dimension, item: Located): void {
  const before = first.get(dimension.id)
  if (before) {
    builder.diagnostics.push(
      diagnose('ladder/duplicate-dimension', `The dimension "${dimension.id}" is listed twice`, {
        at: placeOf(item),
        related: [{ message: 'first listed here', at: placeOf(before) }],
      }),
    )
    return
  }
  first.set(dimension.id, item)
  dimensions.push(dimension)
}

function groupOf(builder: Builder, ref: string, item: Located): DimensionGroup {
  const nameLanguage = language(builder, `${ref}/group-lang`, field(item, 'group-lang'))
  const summary = sentence(builder, `${ref}/summary`, field(item, 'summary'))
  return {
    name: line(builder, `${ref}/name`, field(item, 'group')) ?? '',
    ...(nameLanguage !== undefined && { nameLanguage }),
    ...(summary !== undefined && { summary }),
  }
}
