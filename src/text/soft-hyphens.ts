/**
 * Words as they are where no line ends within them: in bookmarks, titles of windows and names of links, some of which
 * show soft hyphens.
 *
 * @param text as it is written, or as a print says it, with the hyphens at which its lines end
 */
export function withoutSoftHyphens(text: string): string {
  return text.replaceAll(/\u00ad[-\u2010]?/g, '')
}
