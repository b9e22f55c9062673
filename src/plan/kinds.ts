/** Kinds of documents that have a paper of their own. */
export const paperKinds = ['matrix', 'one-pager', 'poster', 'booklet', 'next-step'] as const
export type PaperKind = (typeof paperKinds)[number]

/** Kinds of documents that are printed on sheets. A stack lies on the paper of the pages in it. */
export const sheetKinds = [...paperKinds, 'stack'] as const
export type SheetKind = (typeof sheetKinds)[number]

/** All kinds of documents, as `--only` takes them. */
export const kinds = [...sheetKinds, 'index'] as const
export type Kind = (typeof kinds)[number]

/** The files that a document can be made as. */
export const formats = ['html', 'pdf', 'png'] as const
export type Format = (typeof formats)[number]

/** What is made where nobody says in which formats. */
export const usualFormats: readonly Format[] = ['html', 'pdf']
