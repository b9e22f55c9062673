import { writeFileSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { inFolder, ladderpress } from '../support/cli.ts'
import { hashes, smallLadder, write } from '../support/files.ts'
import { edit, whileRunning } from '../support/preview.ts'
import { holdsWithin } from '../support/processes.ts'

const watching = /Watching\. Ctrl-C ends it/
const page = 'out/one-pager/engineer.html'

/** A ladder whose matrices take some seconds to lay out. */
const bigLadder = `title: Big ladder
tracks:
${['a', 'b', 'c', 'd'].map(bigTrack).join('')}`

function bigTrack(track: string): string {
  const levels = Array.from({ length: 40 }, (_, level) => {
    const statements = Array.from(
      { length: 8 },
      (__, index) =>
        `          - Reviews words of ${track}${level} ${'for somebody else '.repeat(index + 2)}`,
    )
    return `      - id: ${track}${level}
        title: ${track.toUpperCase()} ${level}
        equivalent: none
        statements: |
${statements.join('\n')}
`
  })
  return `  - id: ${track}
    name: Track ${track}
    levels:
${levels.join('')}`
}

const textOf = (cwd: string, file: string) => readFile(join(cwd, file), 'utf8')

/** Whether a file says something before nobody would wait for it any longer. */
const saysWithin = (cwd: string, file: string, words: string) =>
  holdsWithin(60_000, async () => (await textOf(cwd, file).catch(() => '')).includes(words))

/** Makes a link lead elsewhere at one stroke, as deployments do. */
async function link(target: string, path: string): Promise<void> {
  await symlink(target, `${path}.next`)
  await rename(`${path}.next`, path)
}

describe('build --watch', () => {
  test('builds again when a file is saved, and makes what a build makes', async () => {
    await whileRunning(['build', '--watch'], async ({ cwd, until, stop }) => {
      await until(watching)
      expect(await textOf(cwd, page)).toContain('Builds things')
      const untouched = await stat(join(cwd, 'out/one-pager/lead.pdf'))
      await edit(cwd, 'ladder.yaml', 'Builds things', 'Builds marvels')
      await until(watching, 1)
      expect(await textOf(cwd, page)).toContain('Builds marvels')
      expect((await stat(join(cwd, 'out/one-pager/lead.pdf'))).ino).toBe(untouched.ino)
      const watched = await hashes(join(cwd, 'out'))
      expect(await stop()).toBe(130)
      const { code, stderr } = await ladderpress(['build', '--force', '--out', 'once'], { cwd })
      expect(code, stderr).toBe(0)
      expect(watched).toEqual(await hashes(join(cwd, 'once')))
    })
  })

  test('builds once for a burst of saves', async () => {
    await whileRunning(['build', '--watch', '--only', 'one-pager'], async ({ cwd, until, said }) => {
      await until(watching)
      for (let index = 0; index < 20; index += 1)
        writeFileSync(
          join(cwd, 'ladder.yaml'),
          smallLadder.replace('Builds things', `Builds thing ${index}.`),
        )
      await until(watching, 1)
      // A busy machine may tell of the burst in two parts, and build after each.
      expect(await saysWithin(cwd, page, 'Builds thing 19.')).toBe(true)
      // Whatever it would do besides, it would have done before it answers to this.
      await edit(cwd, 'ladder.yaml', 'Builds thing 19.', 'Builds one more.')
      expect(await saysWithin(cwd, page, 'Builds one more.')).toBe(true)
      await until(watching, 2)
      // Of twenty saves there are never as many builds.
      const builds = [...said().matchAll(new RegExp(watching, 'g'))].length
      expect(builds).toBeGreaterThanOrEqual(3)
      expect(builds).toBeLessThan(7)
    })
  })

  test('ends what is going on when a file is saved, before any of it is printed', async () => {
    await whileRunning(
      ['build', '--watch', '--only', 'matrix'],
      async ({ cwd, until, said, stop }) => {
        // The folder is made before anything is laid out, which takes a while.
        const isThere = () =>
          readdir(join(cwd, 'out')).then(
            () => true,
            () => false,
          )
        expect(await holdsWithin(60_000, isThere)).toBe(true)
        await edit(cwd, 'ladder.yaml', 'Reviews words', 'Reviews marvels')
        await until(watching)
        expect(await textOf(cwd, 'out/matrix/a.html')).toContain('Reviews marvels')
        // Each is told of when it is printed.
        for (const id of ['a', 'b', 'c', 'd'])
          expect([...said().matchAll(new RegExp(`^matrix/${id}$`, 'gm'))], said()).toHaveLength(1)
        const watched = await hashes(join(cwd, 'out'))
        expect(await stop()).toBe(130)
        const { code, stderr } = await ladderpress(['build', '--only', 'matrix', '--out', 'once'], { cwd })
        expect(code, stderr).toBe(0)
        expect(watched).toEqual(await hashes(join(cwd, 'once')))
      },
      { files: { 'ladder.yaml': bigLadder } },
    )
  })

  test('goes on where links among the templates lead round in a circle', async () => {
    await whileRunning(['build', '--watch', '--only', 'one-pager'], async ({ cwd, until, stop }) => {
      await until(watching)
      await mkdir(join(cwd, 'templates'))
      for (const name of ['a', 'b']) await symlink('.', join(cwd, 'templates', name))
      await until(/"templates\/b" leads out/)
      await edit(cwd, 'ladder.yaml', 'equivalent: lead', 'equivalent: laed')
      await until(/error No level is called "laed"/)
      expect(await stop()).toBe(130)
    })
  })

  test('leaves the files of the last good build where there is an error, until it is mended', async () => {
    await whileRunning(['build', '--watch'], async ({ cwd, until }) => {
      await until(watching)
      const good = await hashes(join(cwd, 'out'))
      await edit(cwd, 'ladder.yaml', 'equivalent: lead', 'equivalent: laed')
      await until(/error No level is called "laed"/)
      await until(watching, 1)
      expect(await hashes(join(cwd, 'out'))).toEqual(good)
      await edit(cwd, 'ladder.yaml', 'equivalent: laed', 'equivalent: lead')
      await edit(cwd, 'ladder.yaml', 'Builds things', 'Builds marvels')
      await until(watching, 2)
      expect(await textOf(cwd, page)).toContain('Builds marvels')
    })
  })

  test('begins with an error as well, and sees files renamed into place and press.yaml appear', async () => {
    const broken = smallLadder.replace('title: Small', 'titel: Small')
    await whileRunning(
      ['build', '--watch', '--only', 'one-pager'],
      async ({ cwd, until }) => {
        await until(/"titel" is not a field/)
        await until(watching)
        await writeFile(join(cwd, 'ladder.tmp'), smallLadder)
        await rename(join(cwd, 'ladder.tmp'), join(cwd, 'ladder.yaml'))
        await until(watching, 1)
        expect(await textOf(cwd, page)).toContain('Builds things')
        await writeFile(join(cwd, 'press.yaml'), 'brand: { name: Example Works }\n')
        await until(watching, 2)
        const html = await textOf(cwd, page)
        expect(html.replaceAll(/<[^>]*>/g, '')).toContain('Example Works')
      },
      { files: { 'ladder.yaml': broken } },
    )
  })

  test('prints in the colours that press.yaml has now', async () => {
    await whileRunning(['build', '--watch', '--only', 'one-pager'], async ({ cwd, until, stop }) => {
      await until(watching)
      await write(cwd, { 'press.yaml': 'brand: { accents: ["#003366"] }\n' })
      await until(watching, 1)
      expect(await textOf(cwd, page)).toContain('--accent-1: #003366;')
      await edit(cwd, 'press.yaml', '#003366', '#660033')
      await until(watching, 2)
      expect(await textOf(cwd, page)).toContain('--accent-1: #660033;')
      const watched = await hashes(join(cwd, 'out'))
      expect(await stop()).toBe(130)
      const once = ['build', '--only', 'one-pager', '--out', 'once']
      const { code, stderr } = await ladderpress(once, { cwd })
      expect(code, stderr).toBe(0)
      expect(watched).toEqual(await hashes(join(cwd, 'once')))
    })
  })

  test('goes on where the ladder is away for a moment, though none was named', async () => {
    await whileRunning(['build', '--watch', '--only', 'one-pager'], async ({ cwd, until }) => {
      await until(watching)
      await rename(join(cwd, 'ladder.yaml'), join(cwd, 'elsewhere.yaml'))
      await until(/usage\/no-ladder/)
      await until(watching, 1)
      await writeFile(join(cwd, 'ladder.yaml'), smallLadder.replace('Builds things', 'Builds marvels'))
      await until(watching, 2)
      expect(await textOf(cwd, page)).toContain('Builds marvels')
    })
  })

  test('goes on where the folder of the ladder is removed and made anew', async () => {
    await whileRunning(
      ['build', '--watch', '--only', 'one-pager'],
      async ({ cwd, until }) => {
        await until(watching)
        await rm(join(cwd, 'data'), { recursive: true })
        await until(/usage\/no-ladder/)
        await until(watching, 1)
        await mkdir(join(cwd, 'data'))
        await writeFile(join(cwd, 'data/ladder.yaml'), smallLadder.replace('Builds things', 'Builds marvels'))
        await until(watching, 2)
        expect(await textOf(cwd, page)).toContain('Builds marvels')
        await edit(cwd, 'data/ladder.yaml', 'Builds marvels', 'Builds wonders')
        await until(watching, 3)
        expect(await textOf(cwd, page)).toContain('Builds wonders')
      },
      { files: { 'data/ladder.yaml': smallLadder } },
    )
  })

  test('goes on where links to themselves stand among the templates, and in the place of the ladder’s folder', async () => {
    await whileRunning(
      ['build', '--watch', '--only', 'one-pager'],
      async ({ cwd, until }) => {
        await until(watching)
        await mkdir(join(cwd, 'data/templates'))
        await symlink('circle.css', join(cwd, 'data/templates/circle.css'))
        await until(/templates\/circle\.css is a link that leads nowhere/)
        await until(watching, 1)
        await rename(join(cwd, 'data'), join(cwd, 'elsewhere'))
        await symlink('data', join(cwd, 'data'))
        // Found on the way, or looked for in vain.
        await until(/ladder\.yaml does not exist|usage\/no-ladder/)
        await until(watching, 2)
        await rm(join(cwd, 'data'))
        await write(cwd, { 'data/ladder.yaml': smallLadder.replace('Builds things', 'Builds marvels') })
        expect(await saysWithin(cwd, page, 'Builds marvels')).toBe(true)
      },
      { files: { 'data/ladder.yaml': smallLadder } },
    )
  })

  test('goes on where the folder of the ladder is made anew in one go', async () => {
    await whileRunning(
      ['build', '--watch', '--only', 'one-pager'],
      async ({ cwd, until }) => {
        await until(watching)
        await mkdir(join(cwd, 'data.new'))
        await writeFile(
          join(cwd, 'data.new/ladder.yaml'),
          smallLadder.replace('Builds things', 'Builds marvels'),
        )
        await rename(join(cwd, 'data'), join(cwd, 'data.old'))
        await rename(join(cwd, 'data.new'), join(cwd, 'data'))
        expect(await saysWithin(cwd, page, 'Builds marvels')).toBe(true)
        await edit(cwd, 'data/ladder.yaml', 'Builds marvels', 'Builds wonders')
        expect(await saysWithin(cwd, page, 'Builds wonders')).toBe(true)
      },
      { files: { 'data/ladder.yaml': smallLadder } },
    )
  })

  test('sees links that are made to lead elsewhere, to the folder of the ladder and to one in it', async () => {
    const [head = '', managers = ''] = smallLadder.split('  - id: mg\n')
    const ladder = `${head}  - tracks/mg.yaml\n`
    const track = `id: mg\n${managers.replaceAll(/^ {4}/gm, '')}`
    const files = {
      'first/ladder.yaml': ladder,
      'first/one/mg.yaml': track,
      'first/two/mg.yaml': track.replace('Leads a team', 'Leads two teams'),
      'other/ladder.yaml': ladder.replace('Builds things', 'Builds marvels'),
      'other/one/mg.yaml': track,
    }
    await inFolder(async (folder) => {
      await chmod(folder, 0o755)
      await write(folder, files)
      await symlink('one', join(folder, 'first/tracks'))
      await symlink('one', join(folder, 'other/tracks'))
      await whileRunning(
        ['build', join(folder, 'now/ladder.yaml'), '--watch', '--only', 'one-pager'],
        async ({ cwd, until }) => {
          await until(/does not exist/)
          await until(/Waiting for /)
          await symlink('first', join(folder, 'now'))
          expect(await saysWithin(cwd, page, 'Builds things')).toBe(true)
          await link('two', join(folder, 'first/tracks'))
          expect(await saysWithin(cwd, 'out/one-pager/lead.html', 'Leads two teams')).toBe(true)
          await link('other', join(folder, 'now'))
          expect(await saysWithin(cwd, page, 'Builds marvels')).toBe(true)
          expect(await saysWithin(cwd, 'out/one-pager/lead.html', 'Leads a team')).toBe(true)
          await edit(join(folder, 'other'), 'ladder.yaml', 'Builds marvels', 'Builds wonders')
          expect(await saysWithin(cwd, page, 'Builds wonders')).toBe(true)
        },
        { files: {} },
      )
    })
  })

  test('sees a track file appear that the ladder names', async () => {
    const [head = '', managers = ''] = smallLadder.split('  - id: mg\n')
    await whileRunning(
      ['build', '--watch', '--only', 'one-pager'],
      async ({ cwd, until }) => {
        await until(/tracks\/mg.yaml does not exist/)
        await until(watching)
        await write(cwd, { 'tracks/mg.yaml': `id: mg\n${managers.replaceAll(/^ {4}/gm, '')}` })
        expect(await saysWithin(cwd, 'out/one-pager/lead.html', 'Leads a team')).toBe(true)
      },
      { files: { 'ladder.yaml': `${head}  - tracks/mg.yaml\n` } },
    )
  })

  test('says that it waits for a ladder that is named and not there', async () => {
    await whileRunning(
      ['build', 'lader.yaml', '--watch', '--only', 'one-pager'],
      async ({ cwd, until, said }) => {
        await until(/Waiting for lader\.yaml\. Ctrl-C ends it/)
        expect(said()).toContain('lader.yaml does not exist')
        await write(cwd, { 'lader.yaml': smallLadder })
        await until(watching)
        expect(await textOf(cwd, page)).toContain('Builds things')
      },
    )
  })

  test('shows what a terminal would obey in the name of a ladder that it waits for', async () => {
    await whileRunning(['build', '\u001b[1mlader.yaml', '--watch'], async ({ until }) => {
      expect(await until(/Waiting for .*/)).toBe('Waiting for ␛[1mlader.yaml. Ctrl-C ends it')
    })
  })

  test('does not wait where there is no ladder', async () => {
    await inFolder(async (cwd) => {
      const { code, stderr } = await ladderpress(['build', '--watch'], { cwd })
      expect(code).toBe(2)
      expect(stderr).toContain('usage/no-ladder')
    })
  })
})
