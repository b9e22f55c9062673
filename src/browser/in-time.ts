/** Nothing was heard for too long. */
export class OutOfTime extends Error {}

/**
 * What some work of a browser comes to, unless the browser says nothing for too long: a large ladder on a busy machine
 * takes as long as it takes, but a browser that hangs is silent.
 *
 * @param most how long it may say nothing, in ms
 * @param heardAt when it last said something, as `performance.now()` counts; by itself, when the work began
 * @throws OutOfTime
 */
export function inTime<T>(work: Promise<T>, most: number, heardAt: () => number = () => 0): Promise<T> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    let timer: NodeJS.Timeout | undefined
    const wait = (left: number) => {
      timer = setTimeout(() => {
        const silent = performance.now() - Math.max(began, heardAt())
        if (silent < most) wait(most - silent)
        else reject(new OutOfTime(`it did not answer for ${Math.round(most / 1000)} seconds`))
      }, left)
    }
    wait(most)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
