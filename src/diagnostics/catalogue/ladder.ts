import type { Catalogue } from '../entry.ts'

/** The ladder as a whole: what no schema can see. */
export const ladderCodes = {
  'ladder/unknown-level': {
    severity: 'error',
    title: 'A level that does not exist',
    why: 'The line to it would end in the air.',
    fix: 'Use the id of a level. Where there is no equivalent, write equivalent: none.',
  },
  'ladder/unknown-dimension': {
    severity: 'error',
    title: 'A dimension that does not exist',
    why: 'What is said of it would be printed nowhere.',
    fix: 'Use the id of one of the track’s dimensions, or add it to them.',
  },
  'ladder/duplicate-id': {
    severity: 'error',
    title: 'An id is used twice',
    why: 'Ids name files: the second sheet would replace the first.',
    fix: 'Give one of them another id. Titles may repeat.',
  },
  'ladder/duplicate-dimension': {
    severity: 'error',
    title: 'A dimension is listed twice in a track',
    why: 'Its cells would be printed twice.',
    fix: 'Remove one.',
  },
  'ladder/dimension-or-group': {
    severity: 'error',
    title: 'Neither a dimension nor a group',
    why: 'A dimension has id and name; a group has group and dimensions; groups do not nest.',
    fix: 'Give it the fields of one of the two.',
  },
  'ladder/reserved-id': {
    severity: 'error',
    title: 'An id that is taken',
    why: 'none and index have a meaning here; con, nul, com1 … cannot be file names on Windows.',
    fix: 'Use another id.',
  },
  'ladder/title-twice': {
    severity: 'warning',
    title: 'Two levels have the same title',
    why: 'A sheet shows the title, not the id: two sheets would look alike.',
    fix: 'Say in the titles what sets the levels apart.',
  },
  'ladder/missing-cell': {
    severity: 'error',
    title: 'A cell is missing without a reason',
    why: 'A blank on a printed matrix makes people guess: forgotten, or not asked?',
    fix: 'Write what is asked, or the reason: { empty: not-applicable }, not-defined, same-as-previous or open. Where many cells are missing, say once, above the tracks, what that means: missing: not-defined.',
    example: {
      wrong: 'expectations: { craft: … }',
      right: 'expectations: { craft: …, people: { empty: not-applicable } }',
    },
  },
  'ladder/empty-with-statements': {
    severity: 'error',
    title: 'A cell says that it is empty and has statements',
    why: 'Only one of the two can be printed.',
    fix: 'Remove one.',
  },
  'ladder/nothing-previous': {
    severity: 'error',
    title: 'same-as-previous with nothing before it',
    why: 'The cell would be printed as “As at …” with no level to name. A draft is none: it is not in force, and no sheet but that of another draft names it.',
    fix: 'Write the cell out at the lowest level that has it and is no draft.',
  },
  'ladder/new-without-restated': {
    severity: 'warning',
    title: 'What is new is marked where nothing is restated',
    why: 'Sheets tell what is new from what the level below says too. Where levels add to each other, or nothing is said of it, all of a level is its own, and the mark is not printed.',
    fix: 'Give the ladder style: restated, or take new: true out of its statements.',
  },
  'ladder/expectations-and-statements': {
    severity: 'error',
    title: 'A level has expectations and statements',
    why: 'They are two ways to say the same: by dimension, or as one list.',
    fix: 'Keep one of them.',
  },
  'ladder/statements-with-dimensions': {
    severity: 'error',
    title: 'A level has statements in a track with dimensions',
    why: 'The statements would belong to no row of the matrix.',
    fix: 'Move them under expectations.',
  },
  'ladder/level-without-text': {
    severity: 'error',
    title: 'A described level says nothing',
    why: 'Its sheet would be a title over an empty page.',
    fix: 'Say what it asks, or write described: false.',
  },
  'ladder/undescribed-with-text': {
    severity: 'warning',
    title: 'An undescribed level has text',
    why: 'described: false means that the edition does not describe it, so the text is not printed.',
    fix: 'Remove described: false, or the text.',
  },
  'ladder/equivalent-disagrees': {
    severity: 'error',
    title: 'Two levels disagree on being equivalent',
    why: 'A line drawn from one side would be denied by the other.',
    fix: 'Correct one; it is enough to say it on one side.',
  },
  'ladder/equivalent-to-itself': {
    severity: 'error',
    title: 'A level is equivalent to itself',
    why: 'That says nothing, so another level was meant.',
    fix: 'Name the level of the other track.',
  },
  'ladder/equivalents-cross': {
    severity: 'error',
    title: 'Equivalences cross',
    why: 'If A is below B in one track and the equivalent of A is above that of B in the other, no straight rungs exist.',
    fix: 'Correct the order of a track or one of the equivalences.',
  },
  'ladder/two-on-a-rung': {
    severity: 'error',
    title: 'Two levels of one track on a rung',
    why: 'Levels of a track stand one above the other; equivalences would put two on one line.',
    fix: 'Correct one of the equivalences or rung numbers.',
  },
  'ladder/opens-from-itself': {
    severity: 'error',
    title: 'A track opens from itself',
    why: 'A fork joins two tracks.',
    fix: 'Name a level of the track that people come from.',
  },
  'ladder/no-edition': {
    severity: 'error',
    title: 'A ladder without an edition cannot be sealed',
    why: 'A seal says what an edition holds; without its name nobody could tell which one is meant.',
    fix: 'Give the ladder an edition, such as edition: 2026.1.',
  },
  'ladder/sealed-edition-changed': {
    severity: 'error',
    title: 'A sealed edition was changed',
    why: 'People hold sheets of this edition. Sheets of one edition that say two things can be trusted by nobody.',
    fix: 'Raise the edition in the ladder: its sheets are then drafts until it is sealed. Or undo the change.',
  },
} as const satisfies Catalogue
