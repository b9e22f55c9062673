import type { Catalogue } from '../entry.ts'

/** The command line itself. */
export const usageCodes = {
  'usage/unknown-command': {
    severity: 'error',
    exit: 2,
    title: 'A command that does not exist',
    why: 'Nothing was done, because it is not clear what should be.',
    fix: 'See the list of commands with ladderpress --help.',
  },
  'usage/unknown-option': {
    severity: 'error',
    exit: 2,
    title: 'An option that does not exist',
    why: 'An option that is silently ignored would print something else than was asked for.',
    fix: 'See the options of a command with --help; the nearest one is suggested.',
  },
  'usage/bad-value': {
    severity: 'error',
    exit: 2,
    title: 'A value that the option does not take',
    why: 'A guess would print something else than was asked for.',
    fix: 'The report says what the option takes, or which of its values you may have meant.',
  },
  'usage/unknown-code': {
    severity: 'error',
    exit: 2,
    title: 'A diagnostic code that does not exist',
    why: 'Codes are words like ladder/unknown-level; this is none of them.',
    fix: 'Copy the code from the report, or list all with ladderpress explain.',
  },
  'usage/no-ladder': {
    severity: 'error',
    exit: 2,
    title: 'No ladder was named and none was found',
    why: 'Without an argument, data/ladder.yaml and ladder.yaml are looked for in the current folder.',
    fix: 'Name the file behind the command, as in ladderpress build path/to/ladder.yaml.',
  },
  'usage/unknown-track': {
    severity: 'error',
    exit: 2,
    title: '--track names a track that the ladder does not have',
    why: 'Building the rest would hide that something asked for is missing.',
    fix: 'Use the id of a track, as it stands in the ladder.',
  },
  'usage/unknown-level': {
    severity: 'error',
    exit: 2,
    title: '--level or --compare names a level that the ladder does not have',
    why: 'Building the rest would hide that something asked for is missing.',
    fix: 'Use the id of a level, as it stands in the ladder.',
  },
  'usage/not-comparable': {
    severity: 'error',
    exit: 2,
    title: '--compare names levels that cannot stand side by side',
    why: 'A sheet that sets a level beside itself, or beside one without any text, tells nobody what to do next.',
    fix: 'Name two levels that the ladder describes, as in --compare lead-engineer,principal-engineer.',
  },
  'usage/nothing-selected': {
    severity: 'error',
    exit: 2,
    title: 'The options together choose no document',
    why: 'A build that makes nothing is more likely a slip than a wish.',
    fix: 'Widen --only, --track or --level. Undescribed levels have no one-pager. Where no two levels follow each other or are equivalent, --compare names two for a next-step sheet.',
  },
  'usage/unknown-pack': {
    severity: 'error',
    exit: 2,
    title: '--pack names a pack that there is not',
    why: 'Making something else, or nothing, would not be what was asked for.',
    fix: 'Use the name of a pack in press.yaml, or one of those that come along: offsite, wall.',
  },
  'usage/picture-too-large': {
    severity: 'error',
    exit: 2,
    title: 'A picture of more pixels than can be drawn',
    why: 'Of pictures that are too large, Chromium leaves a part white, without a word. Up to 100 million pixels, and 16,384 a side, they are whole.',
    fix: 'Take the --dpi that the hint names. For print, PDF has no pixels at all.',
  },
  'usage/unknown-paper': {
    severity: 'error',
    exit: 2,
    title: 'A paper that is not known',
    why: 'Chromium falls back to Letter, silently, where it does not know a paper; Ladderpress does not.',
    fix: 'Use A0 to A5, Letter, Legal, Tabloid, ANSI C to E, ARCH A to E, 18x24in, 24x36in, or width x height in mm or in, each with :portrait or :landscape if it matters.',
  },
} as const satisfies Catalogue
