#!/usr/bin/env node
import module from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

// The program as V8 has compiled it is kept for the next run, where Node can do that (22.1): reading it back is quicker.
// As private as the browser, which is as much trusted: a folder that others may write to would not do.
const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => unknown }
if (enableCompileCache) {
  const wanted = process.env['XDG_CACHE_HOME'] ?? ''
  const cache = isAbsolute(wanted)
    ? wanted
    : process.getuid?.() === 0
      ? '/var/cache'
      : join(homedir(), '.cache')
  enableCompileCache(join(cache, 'ladderpress-compiled'))
}

// Only what is loaded from here on is kept.
await import('./main.ts')
