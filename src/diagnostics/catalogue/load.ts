import type { Catalogue } from '../entry.ts'

/** Reading the files of a project. */
export const loadCodes = {
  'load/not-found': {
    severity: 'error',
    exit: 4,
    title: 'A file does not exist',
    why: 'The ladder, or a file it names, is not where it is said to be.',
    fix: 'Check the path. Paths inside a file are relative to that file.',
  },
  'load/is-a-folder': {
    severity: 'error',
    exit: 4,
    title: 'A folder stands where a file is expected',
    why: 'A ladder is one YAML file, with further files for its tracks where it names them.',
    fix: 'Name the file inside the folder.',
  },
  'load/unreadable': {
    severity: 'error',
    exit: 4,
    title: 'A file cannot be read',
    why: 'The operating system refused, or it is no ordinary file.',
    fix: 'Check the permissions of the file and of the folders above it.',
  },
  'load/too-large': {
    severity: 'error',
    title: 'A file is larger than it may be',
    why: 'YAML files may have 8 MB, templates 512 kB, PDFs that are verified 256 MB. The largest real ladder that was measured has 2 MB; a larger file is a mistake or an attack.',
    fix: 'Split the ladder: each track may have a file of its own.',
  },
  'load/not-text': {
    severity: 'error',
    title: 'The file is not text',
    why: 'It holds control characters, such as NUL, or stand-ins for them in double quotes, such as \\e.',
    fix: 'Delete the character; where there are many, make sure that it is the YAML file and not, say, a spreadsheet with a wrong name.',
  },
  'load/utf-16': {
    severity: 'error',
    title: 'The file is UTF-16 or UTF-32',
    why: 'Ladders are UTF-8, so that each editor, git and this tool read the same characters.',
    fix: 'Save it as UTF-8. Windows Notepad: Save as, Encoding: UTF-8.',
  },
  'load/not-utf-8': {
    severity: 'error',
    title: 'The file is not UTF-8',
    why: 'A byte of it belongs to an older encoding; letters with accents would come out wrong.',
    fix: 'Save it as UTF-8.',
  },
  'load/not-read': {
    severity: 'warning',
    title: 'A file that is probably meant is not read',
    why: 'Its name is nearly one that is looked for: press.yml instead of press.yaml, or a template in other capitals; or it is a folder. On some systems capitals count, so that they count on all.',
    fix: 'Give it the name that the message says, or move it away.',
  },
  'load/outside-project': {
    severity: 'error',
    title: 'A path leads out of the project',
    why: 'A ladder from somebody else must not be able to print files of this machine.',
    fix: 'Keep the files of a ladder in its folder. Links that lead out of it count as outside.',
  },
  'load/not-yaml-name': {
    severity: 'error',
    title: 'A track file is not called .yaml or .yml',
    why: 'A ladder may name YAML files only, whatever they hold.',
    fix: 'Rename the file.',
  },
  'load/font-package-missing': {
    severity: 'error',
    exit: 4,
    title: 'A font package is not installed',
    why: 'press.yaml names an npm package of fonts that cannot be found from the project’s folder.',
    fix: 'Install it beside the ladder: npm install PACKAGE.',
  },
  'load/font-package-unusable': {
    severity: 'error',
    title: 'A package holds no fonts that can be printed',
    why: 'Static TrueType fonts (woff2) of the Fontsource layout are needed; variable fonts and PostScript outlines print as Type 3 fonts: larger, coarser, and without a name.',
    fix: 'Use a package like @fontsource/noto-sans-jp, not @fontsource-variable/….',
  },
} as const satisfies Catalogue
