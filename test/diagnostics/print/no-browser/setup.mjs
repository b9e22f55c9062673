import { writeFileSync } from 'node:fs'
writeFileSync('broken', '#!/bin/sh\necho no luck >&2\nexit 7\n', { mode: 0o755 })
