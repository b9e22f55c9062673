import { expect, test } from 'vitest'

import { pathIn, shownPath } from '../../../src/load/paths.ts'

test('files are named from their folder, also where it is a root', () => {
  expect(pathIn(shownPath('/project', '/project/out'), 'one-pager/engineer.pdf')).toBe(
    'out/one-pager/engineer.pdf',
  )
  expect(pathIn(shownPath('/project', '/elsewhere'), 'index.html')).toBe('/elsewhere/index.html')
  expect(pathIn(shownPath('/project', '/'), 'index.html')).toBe('/index.html')
  expect(pathIn('C:/', 'index.html')).toBe('C:/index.html')
})
