// Writes the schemas' validators as source, so that the bundle needs neither ajv nor the time to compile them.
import { readFileSync } from 'node:fs'

import { _ } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'

const names = ['ladder', 'track', 'press', 'editions', 'manifest']

/** An esbuild plugin that puts the source in the place of src/validate/compiled.ts. */
export const validators = {
  name: 'validators',
  setup(build) {
    build.onLoad({ filter: /src\/validate\/compiled\.ts$/ }, () => ({ contents: source(), loader: 'js' }))
  },
}

function source() {
  // Kept word for word as in src/validate/compiled.ts; test/unit/validate compares what both find.
  const options = {
    allErrors: true,
    verbose: true,
    ownProperties: true,
    strict: true,
    allowUnionTypes: true,
    validateSchema: false,
  }
  const ajv = new Ajv2020({ ...options, code: { source: true, esm: true, formats: _`formats` } })
  // The source asks src/validate/formats.ts instead; `true` would mean that there is nothing to ask.
  for (const format of ['date', 'language-tag']) ajv.addFormat(format, () => true)
  for (const name of names) ajv.addSchema(JSON.parse(readFileSync(`schema/${name}.schema.json`, 'utf8')))
  const code = standalone(ajv, Object.fromEntries(names.map((name) => [name, `${name}.schema.json`])))
  return `import { formats } from './formats.ts'\n${inOneList(code)}\nexport const validators = { ${names.join(', ')} }\n`
}

/** ajv copies all errors so far for each value that has some: 20,000 wrong values would take it a minute. */
function inOneList(code) {
  const copies = /vErrors === null \? ([\w.]+) : vErrors\.concat\(\1\)/g
  const written = code.replace(copies, 'vErrors === null ? $1 : joined(vErrors, $1)')
  if (written === code || /\.concat\(/.test(written))
    throw new Error('ajv writes its validators in another way')
  return `${written}\nfunction joined(all, more) { for (const error of more) all.push(error); return all }`
}
