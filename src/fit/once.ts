import { hashOf } from '../text/hash.ts'

/**
 * Does work once for each request and remembers the answer: every measurement is a layout in the browser.
 *
 * @param work is asked for plain data; the order of its fields tells nothing apart
 */
export function once<Asked extends readonly unknown[], Result>(
  work: (...asked: Asked) => Promise<Result>,
): (...asked: Asked) => Promise<Result> {
  const done = new Map<string, Promise<Result>>()
  return (...asked) => {
    const key = hashOf(asked)
    const result = done.get(key) ?? work(...asked)
    done.set(key, result)
    return result
  }
}
