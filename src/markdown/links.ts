const allowed = new Set(['http:', 'https:', 'mailto:'])

/**
 * The address of a link as it may stand in HTML and PDF, or undefined where it may not: only http, https,
 * mailto and #fragments, judged on the parsed URL, because `JaVa\tScript:` parses too.
 */
export function safeHref(href: string): string | undefined {
  if (/^#[\p{L}\p{N}_-]+$/u.test(href)) return href
  let url: URL
  try {
    url = new URL(href)
  } catch {
    return undefined
  }
  if (!allowed.has(url.protocol)) return undefined
  // A user name before the host makes an address look like another's.
  if (url.username !== '' || url.password !== '') return undefined
  return url.href
}
