#!/usr/bin/env node
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { boot } from './boot.ts'
import { cacheHome, isPrivate } from './load/cache.ts'

/** The name of the program's first script, another one whenever something of the program is; `.build/build.mjs` knows it. */
declare const MAIN_SCRIPT: string

const keep = boot(dirname(fileURLToPath(import.meta.url)), MAIN_SCRIPT, compiledFile(process.env))
process.on('exit', (code) => {
  // Who interrupts a program wants it to end.
  if (code <= 128) keep()
})

/** Where what is compiled is kept: as private as the browser, which is as much trusted. */
function compiledFile(env: NodeJS.ProcessEnv): string | undefined {
  const caches = cacheHome(env)
  if (caches === undefined || env['NODE_DISABLE_COMPILE_CACHE'] !== undefined) return undefined
  const folder = join(caches, 'ladderpress-compiled')
  return isPrivate(folder)
    ? join(folder, `${MAIN_SCRIPT}-node-${process.version}-${process.arch}`)
    : undefined
}
