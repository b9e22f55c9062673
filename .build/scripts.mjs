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
  return script
}
