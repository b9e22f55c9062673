/** The element of an id of the page. */
export function byId(id) {
  return document.getElementById(id)
}

/**
 * Makes an element. Text stays text, whatever stands in it.
 *
 * @param {string} name `p`, or with classes `p.small quiet`
 * @param {Record<string, string | null>} [attributes] what is null is left out
 * @param {(Node | string | null)[]} children
 */
export function make(name, attributes = {}, ...children) {
  const [tag, className] = name.split('.')
  const element = document.createElement(tag)
  if (className) element.className = className
  for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value)
  element.append(...children.filter((child) => child !== null))
  return element
}

/** Makes a drawing of paths in a box from 0,0. */
export function draw(width, height, shapes) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`)
  svg.setAttribute('aria-hidden', 'true')
  for (const [name, attributes] of shapes) {
    const shape = document.createElementNS('http://www.w3.org/2000/svg', name)
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, String(value))
    svg.append(shape)
  }
  return svg
}

/** A track's mark. */
export function drawMark({ path, accent, filled }) {
  const svg = draw(10, 10, [['path', { d: path }]])
  svg.setAttribute('class', `mark ${accent}${filled ? '' : ' hollow'}`)
  return svg
}

/** What a link within a page names; somebody may have typed it. */
export function decoded(hash) {
  const name = hash.slice(1)
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** “1 word”, “12 words”. */
export function counted(count, word) {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
