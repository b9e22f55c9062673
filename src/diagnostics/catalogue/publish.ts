import type { Catalogue } from '../entry.ts'

/** Writing the output folder. */
export const publishCodes = {
  'publish/cannot-write': {
    severity: 'error',
    exit: 4,
    title: 'The output cannot be written',
    why: 'The operating system refused. What was there before is untouched, or was put back; if even that failed, the message says so. Or a file that is no longer made could not be removed; all others are as they should be then.',
    fix: 'Close programs that have files of the output folder open, check its permissions, or choose another with --out.',
  },
  'publish/disk-full': {
    severity: 'error',
    exit: 4,
    title: 'The disk is full',
    why: 'Not all bytes could be written. What was there before is untouched.',
    fix: 'Make room, or choose another folder with --out.',
  },
  'publish/not-a-folder': {
    severity: 'error',
    exit: 4,
    title: 'Something else stands where the output folder should be',
    why: 'A file, or a link, has the name of the output folder or of one inside it.',
    fix: 'Move it away, or choose another folder with --out.',
  },
  'publish/not-ours': {
    severity: 'error',
    exit: 4,
    title: 'Files that Ladderpress did not make stand where it would write',
    why: 'They may be all that there is of somebody’s work. A build replaces what the manifest.json of the output folder lists; where that is lost, also HTML and PDFs that show that they were made by Ladderpress.',
    fix: 'Move them away, or choose another folder with --out. Where they are of an earlier build whose manifest.json was lost, --force makes them anew.',
  },
} as const satisfies Catalogue
