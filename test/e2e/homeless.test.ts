import { spawnSync } from 'node:child_process'
import { chmod, chown } from 'node:fs/promises'

import { expect, test } from 'vitest'

import { inFolder, program } from '../support/cli.ts'
import { smallLadder, write } from '../support/files.ts'

/** The number of no user, as containers are often given one. */
const nobodyKnown = 54_321

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'a user without a name and a home can build',
  async () => {
    await inFolder(async (cwd) => {
      await write(cwd, { 'ladder.yaml': smallLadder })
      await chown(cwd, nobodyKnown, nobodyKnown)
      await chmod(cwd, 0o755)
      const { status, stderr } = spawnSync(process.execPath, [program, 'build', '--format', 'html'], {
        cwd,
        uid: nobodyKnown,
        gid: nobodyKnown,
        env: { TMPDIR: cwd, NO_COLOR: '1' },
        encoding: 'utf8',
      })
      expect(status, stderr).toBe(0)
    })
  },
)
