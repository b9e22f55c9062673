import { expect, test } from 'vitest'

import { askFor, askLarger } from '../../../src/build/larger-paper.ts'
import { layDown, parsePaper, type Orientation } from '../../../src/plan/paper.ts'

function sheet(paper: string, way: Orientation = 'portrait') {
  const choice = parsePaper(paper)
  if ('problem' in choice) throw new Error(choice.problem)
  return layDown(choice, way)
}

test('the paper that is advised is larger than the one that was too small', () => {
  const ask = (paper: string, least: string) => askLarger({ kind: 'matrix', sheet: sheet(paper) }, least)
  expect(ask('105x120mm', 'A4')).toBe(' (--paper matrix=A4)')
  expect(ask('A4', 'A4')).toBe(' (--paper matrix=A3)')
  expect(ask('A3', 'A3')).toBe(' (--paper matrix=A2)')
  expect(ask('Tabloid', 'A3')).toBe(' (--paper matrix=A2)')
  expect(ask('100x1000mm', 'A4')).toBe(' (--paper matrix=A0)')
})

test('where no usual paper is larger, none is named', () => {
  expect(askLarger({ kind: 'poster', sheet: sheet('A0', 'landscape') }, 'A4')).toBe('')
})

test('a stack is asked for as its one-pagers are, and what is in a pack in the pack', () => {
  expect(askFor({ kind: 'stack' }, 'A4')).toBe('--paper one-pager=A4')
  expect(askFor({ kind: 'stack', pack: 'offers' }, 'A4')).toBe(
    'paper: A4 in its output of the pack offers, in press.yaml',
  )
})
