import type { Catalogue } from '../entry.ts'

/** Press settings. */
export const pressCodes = {
  'press/unknown-paper': {
    severity: 'error',
    title: 'A paper that is not known',
    why: 'Chromium falls back to Letter, silently, where it does not know a paper; Ladderpress does not.',
    fix: 'Use A0 to A5, Letter, Legal, Tabloid, ANSI C to E, ARCH A to E, 18x24in, 24x36in, or width x height in mm or in, each with :portrait or :landscape if it matters.',
  },
  'press/bad-output': {
    severity: 'error',
    title: 'An output of a pack that cannot be made as it says',
    why: 'Options are for some kinds only (tile is for posters), some papers are too small for what is asked, and a document may not exist. Leaving out what was asked for would print something else.',
    fix: 'The hint says which kinds an option is for, or what would work. schema/README.md lists the fields of an output.',
  },
  'press/unknown-track': {
    severity: 'error',
    title: 'An output names a track that the ladder does not have',
    why: 'Making the rest would hide that something asked for is missing.',
    fix: 'Use the id of a track, as it stands in the ladder.',
  },
  'press/unknown-level': {
    severity: 'error',
    title: 'An output names a level that the ladder does not have',
    why: 'Making the rest would hide that something asked for is missing.',
    fix: 'Use the id of a level, as it stands in the ladder.',
  },
  'press/bad-name': {
    severity: 'error',
    title: 'A name pattern that gives no name for a file',
    why: 'Names must be good on every system and must not lead out of the output folder: letters A to Z, digits, - and _, at most three folders, no name that Windows keeps for a device. {track}, {level}, {edition} and {paper} stand for what a document is about.',
    fix: 'Write it such as offers/{edition}-{level}, without an ending: that follows from the format.',
  },
  'press/faint-accent': {
    severity: 'warning',
    title: 'A colour of the brand that is hardly seen on paper',
    why: 'The signs of tracks are small, and stand on white. Under 3 : 1 (WCAG 2.2, 1.4.11) many people do not see them, and nobody does on a copy.',
    fix: 'Take a darker shade of the colour.',
  },
  'press/same-grey': {
    severity: 'warning',
    title: 'Two colours of the brand turn into the same grey',
    why: 'In a copy without colour the tracks could then be told apart by the form of their signs alone.',
    fix: 'Take shades of different lightness: 2 of CIE L* apart at least.',
  },
  'press/same-name': {
    severity: 'error',
    title: 'Two outputs would have one name',
    why: 'One would be written over the other. Capitals do not count, because they do not on every system.',
    fix: 'Add {track}, {level} or {paper} to the pattern, whichever tells the documents apart, or give one of them another name.',
  },
  'press/template-broken': {
    severity: 'error',
    title: 'A template of the project cannot be used',
    why: 'Handlebars could not read it, it asks for something that the document does not have, or a sentence of its words lacks a part that is to be filled in.',
    fix: 'Compare it with the template it replaces; templates/README.md lists what each receives.',
  },
} as const satisfies Catalogue
