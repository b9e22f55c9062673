// What runs in the bindery's thread: an entry of its own in dist/.
import { parentPort } from 'node:worker_threads'

import type { Answer, Request } from './bindery.ts'
import { doWork } from './work.ts'

parentPort?.on('message', ({ number, work }: Request) => {
  const answer = (said: Answer) => parentPort?.postMessage(said)
  doWork(work).then(
    (done) => answer({ number, done }),
    (error: unknown) => answer({ number, error }),
  )
})
