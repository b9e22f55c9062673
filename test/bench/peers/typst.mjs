// The same texts, set by Typst through its binding for Node.
import { readFileSync, writeFileSync } from 'node:fs'

import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

const [, , out, ...files] = process.argv
const compiler = NodeCompiler.create()
for (const [index, file] of files.entries()) {
  const text = readFileSync(file, 'utf8')
  const lines = text
    .split('\n')
    .map((line) => line.replace(/^(#+) /, (_, signs) => `${'='.repeat(signs.length)} `))
  const mainFileContent = `#set page(paper: "a4")\n${lines.join('\n').replace(/[@$*_<>]/g, '\\$&')}\n`
  writeFileSync(`${out}/${index}.pdf`, compiler.pdf({ mainFileContent }))
}
