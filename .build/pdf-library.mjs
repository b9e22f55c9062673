// Lets the bundle leave out what src/finish/library.ts does not use of the PDF library: two thirds of it.

/** An esbuild plugin that says what the library's package.json does not: its modules have no side effects. */
export const pdfLibrary = {
  name: 'pdf-library',
  setup(build) {
    build.onResolve({ filter: /./ }, async ({ path, importer, pluginData, ...from }) => {
      const isOfLibrary = path === '@cantoo/pdf-lib' || /node_modules[\\/]@cantoo[\\/]pdf-lib/.test(importer)
      if (!isOfLibrary || pluginData === 'resolved') return undefined
      const resolved = await build.resolve(path, { importer, ...from, pluginData: 'resolved' })
      return { ...resolved, sideEffects: false }
    })
  },
}
