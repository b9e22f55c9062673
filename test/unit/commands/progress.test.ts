import { Writable } from 'node:stream'

import { expect, test } from 'vitest'

import { progressLine, timeLeft } from '../../../src/commands/progress.ts'
import type { Terminal } from '../../../src/commands/terminal.ts'

test('what is left is told by what was done, in steps that can be read', () => {
  expect(timeLeft(10_000, 0.2)).toBe('about 40 s left')
  expect(timeLeft(12_300, 0.25)).toBe('about 40 s left')
  expect(timeLeft(30_000, 0.1)).toBe('about 5 min left')
  expect(timeLeft(80_000, 0.5)).toBe('about 80 s left')
})

test('nothing is told of the first seconds, of the last, or before anything is done', () => {
  expect(timeLeft(2_900, 0.01)).toBeNull()
  expect(timeLeft(60_000, 0.98)).toBeNull()
  expect(timeLeft(60_000, 0)).toBeNull()
  expect(timeLeft(60_000, 1)).toBeNull()
})

/** What is written on a terminal of some columns. */
function shownIn(columns: number | undefined, id: string): string {
  let text = ''
  const stderr = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk.toString()
      done()
    },
  })
  const line = progressLine({
    stderr: Object.assign(stderr, { isTTY: true, columns }),
  } as unknown as Terminal)
  line.show({ done: 1, total: 12, id, share: 0.1 })
  return text.slice('\r\u001b[K'.length)
}

test('a line that a terminal has no room for is cut, because one that wraps stays', () => {
  expect(shownIn(20, 'next-step/engineer--senior-engineer')).toBe(' 1 of 12  next-ste…')
  expect(shownIn(17, 'poster')).toBe(' 1 of 12  poster')
  expect(shownIn(16, 'poster')).toBe(' 1 of 12  post…')
  // Some terminals do not know how wide they are.
  for (const columns of [undefined, 0]) expect(shownIn(columns, 'poster')).toBe(' 1 of 12  poster')
})

test('a terminal has one line, which goes; a file has a line for each document', () => {
  const written = (isTTY: boolean) => {
    let text = ''
    const stderr = new Writable({
      write(chunk: Buffer, _, done) {
        text += chunk.toString()
        done()
      },
    })
    const line = progressLine({ stderr: Object.assign(stderr, { isTTY }) } as unknown as Terminal)
    line.show({ done: 1, total: 12, id: 'poster', share: 0.1 })
    line.show({ done: 2, total: 12, id: 'matrix/ic', share: 0.2 })
    line.clear()
    line.clear()
    return text
  }
  expect(written(false)).toBe('poster\nmatrix/ic\n')
  expect(written(true)).toBe('\r\u001b[K 1 of 12  poster\r\u001b[K 2 of 12  matrix/ic\r\u001b[K')
})
