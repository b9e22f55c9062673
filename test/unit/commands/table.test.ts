import { expect, test } from 'vitest'

import { table } from '../../../src/commands/table.ts'

test('cells line up, and cannot speak to the terminal', () => {
  expect(
    table(
      ['file', 'n'],
      [
        ['名前\u001b[31m', '1'],
        ['a', '10'],
      ],
      [1],
    ),
  ).toBe('file        n\n名前␛[31m   1\na          10\n')
})
