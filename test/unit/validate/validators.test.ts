import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { readLadder } from '../../../src/build/read.ts'
import { inReadingOrder } from '../../../src/diagnostics/diagnostic.ts'
import { jsonReport } from '../../../src/diagnostics/machine.ts'
import { ladderpress, root } from '../../support/cli.ts'

const fixtures = join(root, 'test', 'diagnostics', 'schema')

// The source asks ajv; the bundle has validators that ajv wrote when it was built.
test.each(await readdir(fixtures))('the bundle finds of %s what ajv finds', async (name) => {
  const cwd = join(fixtures, name)
  const { diagnostics } = await readLadder({ cwd, ladder: 'ladder.yaml' })
  const { stdout } = await ladderpress(['check', 'ladder.yaml', '--report', 'json'], { cwd })
  expect(JSON.parse(stdout)).toEqual(JSON.parse(jsonReport(inReadingOrder(diagnostics))))
})
