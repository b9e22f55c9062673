#!/usr/bin/env node
import module from 'node:module'
import { join } from 'node:path'

import { cacheHome, isPrivate } from './load/cache.ts'

// The program as V8 has compiled it is kept for the next run, where Node can do that (22.1): reading it back is quicker.
// As private as the browser, which is as much trusted: a folder that others may write to would not do.
const { enableCompileCache } = module as { enableCompileCache?: (folder: string) => unknown }
const caches = cacheHome(process.env)
const folder = caches === undefined ? undefined : join(caches, 'ladderpress-compiled')
if (enableCompileCache && folder !== undefined && isPrivate(folder)) enableCompileCache(folder)

// Only what is loaded from here on is kept.
await import('./main.ts')
