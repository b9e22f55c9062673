import type { Catalogue } from '../entry.ts'

/** Comparing PDFs with what was made. */
export const verifyCodes = {
  'verify/not-a-pdf': {
    severity: 'error',
    title: 'A file that is not a PDF',
    why: 'Only PDFs can be compared; this file does not begin like one.',
    fix: 'Name the PDF. If this was one, it was replaced: take it anew from where it was published.',
  },
  'verify/damaged': {
    severity: 'error',
    title: 'A PDF that is damaged',
    why: 'It begins like a PDF and cannot be read: a part is missing, or was overwritten.',
    fix: 'Take it anew from where it was published. Downloads and mails that broke off end like this.',
  },
  'verify/not-ours': {
    severity: 'error',
    title: 'A PDF that Ladderpress did not make',
    why: 'It has no stamp, or is of a kind that Ladderpress does not write, such as an encrypted one.',
    fix: 'Take the sheet anew from where it was published: what another program wrote is not the file that was made.',
  },
  'verify/changed': {
    severity: 'error',
    title: 'A PDF that is not the file that was made',
    why: 'Its SHA-256 differs from the one that the manifest has for it, or another sheet was put in its place, or it is written in a way in which Ladderpress writes none. One that was changed by a single byte may say anything.',
    fix: 'Take it anew from where it was published, or print it again.',
  },
  'verify/not-listed': {
    severity: 'error',
    title: 'A PDF that the manifest does not know',
    why: 'Nothing of this name, content or stamp was made by the build that the manifest is of.',
    fix: 'Name the manifest of the build it is from with --manifest.',
  },
  'verify/no-manifest': {
    severity: 'warning',
    title: 'There is no manifest to compare a PDF with',
    why: 'What the PDF says of itself is shown; whether somebody changed it is not known.',
    fix: 'Name the manifest.json of the build it is from with --manifest.',
  },
  'verify/not-a-manifest': {
    severity: 'error',
    title: 'The file that --manifest names is not a manifest',
    why: 'Without the hashes of the files that were made, nothing can be compared.',
    fix: 'Name the manifest.json of an output folder, as the same version of Ladderpress wrote it.',
  },
} as const satisfies Catalogue
