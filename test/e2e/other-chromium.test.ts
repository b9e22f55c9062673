import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { build } from 'esbuild'
import { expect, test } from 'vitest'

import { findBrowsers } from '../../src/browser/find.ts'
import { inFolder, ladderpress, root } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'

/**
 * A browser like the usual one, but that what it prints is written in another way: a program that stands between us and
 * the browser, and changes what the browser answers.
 */
async function otherChromium(folder: string, change: string): Promise<string> {
  // Whoever runs the browser, root's deputy too, must reach it.
  await chmod(folder, 0o755)
  for await (const { path, libraries = '' } of findBrowsers({ env: process.env }, [])) {
    await build({
      stdin: {
        contents: `
          import { spawn } from 'node:child_process'
          import { Socket } from 'node:net'
          import { PDFDocument } from '@cantoo/pdf-lib'
          const rewritten = async (pdf) => { ${change} }
          const browser = spawn(${JSON.stringify(path)}, process.argv.slice(2), {
            stdio: ['ignore', 'inherit', 'inherit', 'pipe', 'pipe'],
            env: { ...process.env, LD_LIBRARY_PATH: ${JSON.stringify(libraries)} },
          })
          const [input, output] = [3, 4].map((fd) => new Socket({ fd }))
          input.pipe(browser.stdio[3])
          let waiting = Buffer.alloc(0)
          let last = Promise.resolve()
          browser.stdio[4].on('data', (bytes) => {
            waiting = Buffer.concat([waiting, bytes])
            for (let end = waiting.indexOf(0); end >= 0; end = waiting.indexOf(0)) {
              const message = waiting.subarray(0, end).toString()
              waiting = waiting.subarray(end + 1)
              last = last.then(async () => output.write((await answer(message)) + '\\0'))
            }
          })
          async function answer(message) {
            const parsed = JSON.parse(message)
            const { data } = parsed.result ?? {}
            if (typeof data !== 'string' || !data.startsWith('JVBERi0')) return message
            parsed.result.data = (await rewritten(Buffer.from(data, 'base64'))).toString('base64')
            return JSON.stringify(parsed)
          }
          browser.on('exit', (code) => process.exit(code ?? 1))
          input.on('close', () => browser.kill())
        `,
        resolveDir: root,
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: join(folder, 'browser.cjs'),
      logLevel: 'error',
    })
    const program = join(folder, 'browser')
    await writeFile(
      program,
      `#!${process.execPath}\nrequire(${JSON.stringify(join(folder, 'browser.cjs'))})\n`,
    )
    await chmod(program, 0o755)
    return program
  }
  throw new Error('no browser was found')
}

test('a Chromium that writes its prints in another way makes the same files', async () => {
  await inFolder(async (folder) => {
    await write(folder, { 'ladder.yaml': smallLadder })
    const usual = await ladderpress(['build', '--out', 'usual', '--strict'], { cwd: folder })
    expect(usual.code, usual.stderr).toBe(0)
    const browser = await otherChromium(
      folder,
      `const document = await PDFDocument.load(pdf, { updateMetadata: false })
       const bytes = Buffer.from(await document.save({ useObjectStreams: true }))
       if (!bytes.includes('/ObjStm')) throw new Error('there is no object stream')
       return bytes`,
    )
    const other = await ladderpress(['build', '--out', 'other', '--strict', '--browser-path', browser], {
      cwd: folder,
    })
    expect(other.code, other.stderr).toBe(0)
    const { 'manifest.json': _, ...files } = await hashes(join(folder, 'usual'))
    expect(await hashes(join(folder, 'other'))).toMatchObject(files)
  })
})

test('a print that nobody can read stops the build, and says which it is and why', async () => {
  await inFolder(async (folder) => {
    await write(folder, { 'ladder.yaml': smallLadder })
    const browser = await otherChromium(
      folder,
      `return Buffer.from(pdf.toString('latin1').replace('trailer\\n<<', 'trailer\\n<</Encrypt 1 0 R'), 'latin1')`,
    )
    const { code, stderr } = await ladderpress(['build', '--only', 'matrix', '--browser-path', browser], {
      cwd: folder,
    })
    expect(stderr).toContain(
      'error What the browser printed of matrix/ic cannot be read: it is encrypted  print/browser-failed',
    )
    expect(code).toBe(3)
  })
})
