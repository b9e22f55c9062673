import type { Catalogue } from '../entry.ts'

/** Physical faults of sheets, and the browser that prints them. */
export const printCodes = {
  'print/no-browser': {
    severity: 'error',
    exit: 3,
    title: 'No browser was found that can print',
    why: 'PDFs are printed by Chromium. On Linux x64 one comes with the tool; elsewhere an installed Chrome or Edge is used.',
    fix: 'See what was tried with ladderpress doctor; fetch one with ladderpress browser install, or name one with --browser-path.',
  },
  'print/browser-failed': {
    severity: 'error',
    exit: 3,
    title: 'The browser failed while it printed',
    why: 'It ended by itself or did not answer, also on a second try in a fresh browser.',
    fix: 'Try again; if one document fails each time, look for something unusual in it. ladderpress doctor shows which browser is used.',
  },
  'print/another-browser': {
    severity: 'warning',
    title: 'Another browser than usual printed',
    why: 'The browser that comes first did not start, so the next one printed. Words and places are the same, but the bytes of the PDFs differ from those that the first would have made.',
    fix: 'See the reason in the hint and with ladderpress doctor, mend it, and build again.',
  },
  'print/no-sandbox': {
    severity: 'warning',
    title: 'The browser runs without its sandbox',
    why: 'This system does not allow the sandbox. Scripts, network and files are locked all the same; one layer of several is missing.',
    fix: 'Allow unprivileged user namespaces, or run as an ordinary user.',
  },
  'print/not-accessible': {
    severity: 'warning',
    title: 'A PDF does not keep the rules of PDF/UA-1',
    why: 'People who cannot see the sheet have it read out to them, and hear its parts by their tags. The message names the rules (by their clause in ISO 14289-1) that the tags break, so the file does not say that it keeps them.',
    fix: 'Mend the template: headings one level at a time, words for every picture, a scope for every head of a table.',
  },
  'print/missing-glyph': {
    severity: 'error',
    title: 'A character that no font has',
    why: 'Chromium leaves such characters out of the sheet and of its text, without a word.',
    fix: 'Add the font package that the hint names to fonts: in press.yaml, or use another character.',
  },
  'print/overflow': {
    severity: 'error',
    title: 'Text is higher than its sheet',
    why: 'It cannot be cut anywhere, so it would be clipped.',
    fix: 'Shorten it, or cut it into several statements.',
  },
  'print/too-wide': {
    severity: 'error',
    title: 'Something is wider than its sheet',
    why: 'Chromium shrinks the whole document when one box is wider than the page, without a word.',
    fix: 'Shorten the longest word or address, or choose a wider paper.',
  },
  'print/poster-too-full': {
    severity: 'error',
    title: 'Not even the poster’s map fits its sheet',
    why: 'At the smallest size that can be read at its distance, titles and equivalents alone are higher than the sheet.',
    fix: 'Choose a larger paper or the other orientation, or shorten the longest levels.',
  },
  'print/poster-depth': {
    severity: 'note',
    title: 'The poster says less than everything',
    why: 'At the smallest size that reads at its distance, the whole text is higher than the sheet. Rather than cut it anywhere, the poster shows one statement of each cell, or one sentence of each level, or the map alone, and says so.',
    fix: 'Nothing, or choose a larger paper, or give the longest cells a summary.',
  },
  'print/continues': {
    severity: 'note',
    title: 'A document needs more than one sheet',
    why: 'At the smallest readable size its text does not stand on one; it goes on to a further sheet and nothing is lost.',
    fix: 'Nothing, or shorten the text that the message names.',
  },
  'print/unfitted': {
    severity: 'note',
    title: 'HTML was set without measuring',
    why: 'No browser was found, so the sheets have the preferred size and it is not known whether they fit.',
    fix: 'Install a browser (ladderpress doctor tells more) and build again.',
  },
  'print/wrong-page-count': {
    severity: 'error',
    title: 'The PDF has more or fewer pages than planned',
    why: 'Something broke over a page that should not.',
    fix: 'If templates or styles are your own, look for heights and page breaks in them; otherwise please report it.',
  },
  'print/wrong-sheet-size': {
    severity: 'error',
    title: 'The PDF has another sheet size than asked for',
    why: 'Chromium fell back to another paper.',
    fix: 'If styles are your own, look for @page in them; otherwise please report it.',
  },
  'print/font-not-embedded': {
    severity: 'error',
    title: 'A font is not in the PDF',
    why: 'The sheet would look different on every machine.',
    fix: 'Use the fonts of the tool, or packages named in press.yaml.',
  },
  'print/foreign-font': {
    severity: 'error',
    title: 'A font that the sheet did not ask for',
    why: 'The browser took a font of this machine; on the next machine the sheet would look different.',
    fix: 'If styles are your own, use the families that templates/README.md names; otherwise please report it.',
  },
  'print/type-3-font': {
    severity: 'error',
    title: 'A Type 3 font',
    why: 'Variable fonts, PostScript outlines and synthetic bold or italic print as drawings of letters: larger, coarser, without a name.',
    fix: 'Use static TrueType fonts with real bold and italic.',
  },
  'print/text-missing': {
    severity: 'error',
    title: 'Text of the ladder is not in the PDF',
    why: 'What the sheet should say was compared with what the PDF says.',
    fix: 'If templates or styles are your own, look for text that is hidden or clipped; otherwise please report it.',
  },
} as const satisfies Catalogue
