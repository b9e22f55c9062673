import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import Handlebars from 'handlebars'
import { expect, test } from 'vitest'

import { root } from '../../support/cli.ts'

const folder = join(root, 'templates')
const readme = readFileSync(join(folder, 'README.md'), 'utf8')
const named = new Set([...readme.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => code.split(/[^\w-]+/)))
const ours = new Set([
  'if',
  'unless',
  'each',
  'prose',
  'item',
  'opening',
  'rest',
  'phrase',
  'plain',
  'length',
])

const filesOf = (inner: string) =>
  readdirSync(join(folder, inner)).filter((name) => /\.(hbs|css)$/.test(name))

/** The names that a template asks its document for. */
function namesIn(template: string): Set<string> {
  const names = new Set<string>()
  class Names extends Handlebars.Visitor {
    override PathExpression(path: hbs.AST.PathExpression): void {
      if (!path.data) for (const part of path.parts) if (!/^\d+$/.test(part)) names.add(part)
    }
  }
  new Names().accept(Handlebars.parse(template))
  return names
}

test.each(['', 'partials', 'styles'])('templates/README.md says what each file of "%s" makes', (inner) => {
  expect(filesOf(inner).filter((name) => !readme.includes(name))).toEqual([])
})

test.each(['', 'partials'].flatMap((inner) => filesOf(inner).map((name) => join(inner, name))))(
  'templates/README.md names all that %s receives',
  (path) => {
    const names = namesIn(readFileSync(join(folder, path), 'utf8'))
    expect([...names].filter((name) => !ours.has(name) && !named.has(name))).toEqual([])
  },
)
