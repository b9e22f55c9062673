import { diagnose } from '../diagnostics/diagnostic.ts'
import { didYouMean } from '../diagnostics/suggest.ts'
import type { Dimension, DimensionGroup } from './ladder.ts'
import {
  field,
  fieldPlace,
  items,
  language,
  line,
  placeOf,
  sentence,
  written,
  type Builder,
  type Located,
} from './reader.ts'

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
  const dimensions: Dimension[] = []
  const first = new Map<string, Located>()

  const add = (dimension: Dimension, item: Located) => {
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

  const walk = (item: Located, group: DimensionGroup | undefined) => {
    if (item.node.kind === 'scalar') {
      const id = written(item) ?? ''
      const known = shared.get(id)
      if (known) {
        const of = known.group ?? group
        add({ ...known, ...(of && { group: of }) }, item)
      } else {
        builder.diagnostics.push(
          diagnose('ladder/unknown-dimension', `The ladder has no shared dimension "${id}"`, {
            at: placeOf(item),
            hint:
              didYouMean(id, shared.keys()) ??
              'Define it under the ladder’s dimensions, or here with id and name',
          }),
        )
      }
      return
    }
    const [id, name, groupName] = [field(item, 'id'), field(item, 'name'), field(item, 'group')]
    if (groupName) {
      if (group || id || name) {
        builder.diagnostics.push(
          diagnose(
            'ladder/dimension-or-group',
            group ? 'Groups of dimensions do not nest' : 'This is a dimension and a group at once',
            {
              at: fieldPlace(item, 'group'),
              hint: 'A dimension has id and name; a group has group and dimensions',
            },
          ),
        )
        // Known by its id all the same, so that its cells are not called unknown too.
        if (id) add({ id: written(id) ?? '', name: written(name) ?? '', shared: false }, item)
        for (const member of items(field(item, 'dimensions'))) walk(member, group)
        return
      }
      const ref = `${owner}/group/${dimensions.length}`
      const own = groupOf(builder, ref, item, groupName)
      const members = items(field(item, 'dimensions'))
      if (members.length === 0) {
        builder.diagnostics.push(
          diagnose('ladder/dimension-or-group', 'This group lists no dimensions', {
            at: fieldPlace(item, 'group'),
            hint: 'Add dimensions: with the members of the group',
          }),
        )
      }
      for (const member of members) walk(member, own)
      return
    }
    if (!id || !name) {
      builder.diagnostics.push(
        diagnose('ladder/dimension-or-group', `This dimension has no ${id ? 'name' : 'id'}`, {
          at: placeOf(item),
          hint: 'A dimension has id and name; a group has group and dimensions',
        }),
      )
      if (id) add({ id: written(id) ?? '', name: written(id) ?? '', shared: false }, item)
      return
    }
    const key = written(id) ?? ''
    const ref = `${owner}/${key}`
    const nameLanguage = language(builder, `${ref}/name-lang`, field(item, 'name-lang'))
    const summary = sentence(builder, `${ref}/summary`, field(item, 'summary'))
    add(
      {
        id: key,
        name: line(builder, `${ref}/name`, name) ?? key,
        ...(nameLanguage !== undefined && { nameLanguage }),
        ...(summary !== undefined && { summary }),
        ...(group && { group }),
        shared: false,
      },
      item,
    )
  }

  for (const item of items(list)) walk(item, undefined)
  return dimensions
}

function groupOf(builder: Builder, ref: string, item: Located, name: Located): DimensionGroup {
  const nameLanguage = language(builder, `${ref}/group-lang`, field(item, 'group-lang'))
  const summary = sentence(builder, `${ref}/summary`, field(item, 'summary'))
  return {
    name: line(builder, `${ref}/name`, name) ?? '',
    ...(nameLanguage !== undefined && { nameLanguage }),
    ...(summary !== undefined && { summary }),
  }
}
