#!/usr/bin/env node
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { boot } from './boot.ts'
import { cacheHome, makePrivate } from './load/cache.ts'

/** The name of the program's first script, which changes whenever the program does; `.build/build.mjs` puts it in. */
declare const MAIN_SCRIPT: string

const keep = boot(dirname(fileURLToPath(import.meta.url)), MAIN_SCRIPT, compiledFile(process.env))
process.on('exit', (code) => {
  // Whoever interrupts a program wants it to end at once.
  if (code <= 128) keep()
})

/** Where the code cache is kept: in a folder as private as the browser's, because both are trusted alike. */
function compiledFile(env: NodeJS.ProcessEnv): string | undefined {
  const caches = cacheHome(env)
  if (caches === undefined || env['NODE_DISABLE_COMPILE_CACHE'] !== undefined) return undefined
  const folder = join(caches, 'ladderpress-compiled')
  return makePrivate(folder)
    ? join(folder, `${MAIN_SCRIPT}-node-${process.version}-${process.arch}`)
    : undefined
}
