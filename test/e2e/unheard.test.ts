import { readdir } from 'node:fs/promises'

import { describe, expect, test } from 'vitest'

import { inFolder, program, run } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'

/** Runs the program by a shell that sends what it says elsewhere. */
const said = (args: string, cwd: string) =>
  run('/bin/sh', ['-c', `"$NODE" "$PROGRAM" ${args}`], {
    cwd,
    env: { NODE: process.execPath, PROGRAM: program },
  })

describe.skipIf(process.platform !== 'linux')('what cannot be said', () => {
  test('on a full disk fails, after the work is done', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': smallLadder })
      const { code, stderr } = await said('build --format html --only matrix > /dev/full', cwd)
      expect(code, stderr).toBe(4)
      expect(stderr).toContain('What there is to say cannot be written: there is no room left\n')
      expect(stderr).not.toMatch(/\bat .*\.js:\d/)
      expect(await readdir(`${cwd}/out/matrix`)).toEqual(['ic.html', 'mg.html'])
    })
  })

  test('of what is wrong fails as well', async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': smallLadder.replace('title: Small ladder', 'titel: x') })
      expect((await said('check 2> /dev/full', cwd)).code).toBe(4)
      expect((await said('check --report json > /dev/full', cwd)).code).toBe(4)
    })
  })

  test('because nobody listens any more is no failure', async () => {
    await inFolder(async (cwd) => {
      const { code, stdout, stderr } = await said('explain | head -n 1', cwd)
      expect(code, stderr).toBe(0)
      expect(stdout.split('\n')).toHaveLength(2)
      expect(stderr).toBe('')
    })
  })
})
