import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
// A font package whose files do not hold what it says.
const fonts = join(dirname(process.env.LADDERPRESS_PROGRAM), 'fonts')
mkdirSync('node_modules/elsewhere/files', { recursive: true })
writeFileSync('node_modules/elsewhere/package.json', '{}')
writeFileSync('node_modules/elsewhere/metadata.json', '{"id":"elsewhere","family":"Elsewhere Sans","weights":[400],"styles":["normal"]}')
writeFileSync('node_modules/elsewhere/unicode.json', '{"thai":"U+0E00-0E7F,U+2300-23FF"}')
copyFileSync(join(fonts, readdirSync(fonts).find((name) => name.startsWith('noto-emoji-1-'))), 'node_modules/elsewhere/files/elsewhere-thai-400-normal.woff2')
