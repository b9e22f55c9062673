// Delays loading packages until something of them is first used: the tables and patterns that they set up are of no use
// to a ladder that needs none of them.

/** What we use of each. */
const late = { marked: ['Marked'], entities: ['decodeHTML'], uqr: ['encode'] }

/** An esbuild plugin that replaces them with modules that load them on first use. */
export const latePackages = {
  name: 'late-packages',
  setup(build) {
    build.onResolve({ filter: /^[a-z]+$/ }, ({ path, kind }) =>
      kind === 'import-statement' && Object.hasOwn(late, path) ? { path, namespace: 'late' } : undefined,
    )
    build.onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({
      contents: late[path].map((name) => getter(path, name)).join('\n'),
      resolveDir: process.cwd(),
    }))
  },
}

function getter(path, name) {
  return `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => require('${path}').${name} })`
}
