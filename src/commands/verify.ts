import { verifyPdfs, type Verified } from '../build/verify.ts'
import { exitCode } from '../diagnostics/diagnostic.ts'
import { visible } from '../diagnostics/frame.ts'
import { printReport, speaks, type ReportOptions, type Terminal } from './terminal.ts'

/** The options of `verify`. */
export interface VerifyFlags extends ReportOptions {
  readonly manifest?: string
}

/** `ladderpress verify`: what PDFs are, and whether they are as they were made. */
export async function verifyCommand(
  terminal: Terminal,
  paths: readonly string[],
  flags: VerifyFlags,
): Promise<number> {
  const { files, diagnostics } = await verifyPdfs({
    cwd: terminal.cwd,
    files: paths,
    ...(flags.manifest !== undefined && { manifest: flags.manifest }),
  })
  printReport(terminal, diagnostics, flags, { files })
  if (speaks(flags)) terminal.stdout.write(files.map(describe).join(''))
  return exitCode(diagnostics, flags)
}

const results = {
  unchanged: 'unchanged since it was made',
  changed: 'not as it was made',
  'not-listed': 'not in the manifest',
  'not-compared': 'not compared',
  'not-ours': 'not made by Ladderpress',
  damaged: 'damaged',
  'not-a-pdf': 'no PDF',
  unreadable: 'not read',
} satisfies Record<Verified['result'], string>

function describe({ file, result, about, subjects, manifest }: Verified): string {
  const lines = [`${file}: ${results[result]}${result === 'unchanged' ? ` (${manifest})` : ''}`]
  if (about) {
    const { title, level, ladder, edition, effective, draft, stamp, tool } = about
    const named = edition === null ? '' : `, edition ${edition}`
    const { tracks } = subjects ?? { tracks: [] }
    const subject = [
      ...(level === null ? [] : [`level ${level}`]),
      ...(tracks.length === 0 ? [] : [`${tracks.length === 1 ? 'track' : 'tracks'} ${tracks.join(', ')}`]),
    ]
    lines.push(
      title,
      ...(subject.length === 0 ? [] : [subject.join(', ')]),
      `${ladder}${draft ? `, draft${edition === null ? '' : ` of ${edition}`}` : named}${effective === null ? '' : `, in force from ${effective}`}`,
      `${tool}, stamp ${stamp}`,
    )
  }
  return lines.map((line, index) => `${index === 0 ? '' : '  '}${visible(line)}\n`).join('')
}
