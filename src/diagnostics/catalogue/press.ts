import type { Catalogue } from '../entry.ts'

/** Press settings. */
export const pressCodes = {
  'press/unknown-paper': {
    severity: 'error',
    title: 'A paper that is not known',
    why: 'Chromium falls back to Letter, silently, where it does not know a paper; Ladderpress does not.',
    fix: 'Use A0 to A5, Letter, Legal, Tabloid, ANSI C to E, ARCH A to E, 18x24in, 24x36in, or width x height in mm or in, each with :portrait or :landscape if it matters.',
  },
  'press/template-broken': {
    severity: 'error',
    title: 'A template of the project cannot be used',
    why: 'Handlebars could not read it, or it asks for something that the document does not have.',
    fix: 'Compare it with the template it replaces; templates/README.md lists what each receives.',
  },
} as const satisfies Catalogue
