import type { Catalogue } from '../entry.ts'

/** What the JSON Schemas ask of a file. */
export const schemaCodes = {
  'schema/unknown-field': {
    severity: 'error',
    title: 'A field that does not exist',
    why: 'A field that is silently ignored is text that is silently not printed.',
    fix: 'Correct its name; schema/README.md lists all fields.',
  },
  'schema/missing-field': {
    severity: 'error',
    title: 'A field is missing',
    why: 'Without it the sheets cannot be made.',
    fix: 'Add it; the hint shows what one looks like.',
  },
  'schema/wrong-type': {
    severity: 'error',
    title: 'A value of another kind than expected',
    why: 'A list stands where text is expected, or the other way round.',
    fix: 'The message says what is expected.',
  },
  'schema/number-for-text': {
    severity: 'error',
    title: 'A number where text is expected',
    why: 'YAML reads 1.10 as the number 1.1 and 007 as 7: what was written would not be what is printed.',
    fix: 'Put it in quotes. Title, edition and grade are the exception: they count as written.',
    example: { wrong: 'name: 1.10', right: 'name: "1.10"' },
  },
  'schema/word-for-boolean': {
    severity: 'error',
    title: 'yes, no, on or off where true or false is expected',
    why: 'They were true and false in YAML 1.1 and are plain words in YAML 1.2, so programs disagree on them.',
    fix: 'Write true or false.',
    example: { wrong: 'described: no', right: 'described: false' },
  },
  'schema/nothing-said': {
    severity: 'error',
    title: 'A field without a value',
    why: 'Nothing stands behind the colon, or nothing but blanks and characters that cannot be seen.',
    fix: 'Say it, or remove the field.',
  },
  'schema/not-allowed': {
    severity: 'error',
    title: 'A word that the field does not know',
    why: 'The field takes one of a few words.',
    fix: 'The message lists them.',
  },
  'schema/bad-id': {
    severity: 'error',
    title: 'An id with characters that ids cannot have',
    why: 'Ids name files and links on every system, so they keep to a–z, 0–9 and single hyphens, at most 64.',
    fix: 'The hint shows the id that comes nearest. Titles and names may hold anything.',
    example: { wrong: 'id: Lead Engineer', right: 'id: lead-engineer' },
  },
  'schema/bad-value': {
    severity: 'error',
    title: 'A value that is not well formed',
    why: 'A date that does not exist, or a language tag that is none.',
    fix: 'The message says what it should look like.',
  },
  'schema/too-long': {
    severity: 'error',
    title: 'Text or a list is too long',
    why: 'The limits are far beyond what can be read on a sheet.',
    fix: 'Shorten it; long prose has a place in sections.',
  },
  'schema/too-short': {
    severity: 'error',
    title: 'Something is empty',
    why: 'A list or a map without anything in it says nothing.',
    fix: 'Fill it, or remove the field.',
  },
  'schema/out-of-range': {
    severity: 'error',
    title: 'A number is too small or too large',
    why: 'The field counts something.',
    fix: 'The message says what is allowed.',
  },
} as const satisfies Catalogue
