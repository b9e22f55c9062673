// Turns the modules that esbuild has made into scripts. V8 hands out the compiled code of a script after it has run,
// but that of a module only before; see src/boot.ts.
import { transform } from 'esbuild'

/**
 * @param {string} code of a module
 * @returns {Promise<string>} the same as CommonJS
 */
export async function scriptOf(code) {
  const { code: script } = await transform(code, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    supported: { 'dynamic-import': false },
    minifySyntax: true,
    minifyWhitespace: true,
    ...(code.includes('import.meta.url') && {
      define: { 'import.meta.url': '$url' },
      banner: 'var $url=require("node:url").pathToFileURL(__filename).href;',
    }),
  })
  return inAscii(script)
}

/** Escapes what esbuild leaves as written in regular expressions: a script is read as Latin 1. */
function inAscii(script) {
  return script.replace(/(\\?)([^\0-\x7f])/g, (_, backslash, character) => {
    if (backslash !== '') throw new Error(`A backslash before ${character} cannot be kept`)
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
