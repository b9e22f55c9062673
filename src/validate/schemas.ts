import editions from '../../schema/editions.schema.json' with { type: 'json' }
import ladder from '../../schema/ladder.schema.json' with { type: 'json' }
import manifest from '../../schema/manifest.schema.json' with { type: 'json' }
import press from '../../schema/press.schema.json' with { type: 'json' }
import track from '../../schema/track.schema.json' with { type: 'json' }

/** The schemas that ship with the tool, by the name people call them. */
export const schemas = { ladder, track, press, editions, manifest } as const

export type SchemaName = keyof typeof schemas

export const schemaNames = Object.keys(schemas) as SchemaName[]
