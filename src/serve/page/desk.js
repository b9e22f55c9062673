import { byId, make } from './elements.js'

/** Steps of zoom; 1 is paper size, 96 px to the inch. */
const steps = [0.1, 0.15, 0.2, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 4]
const pixelsPerMm = 96 / 25.4
/** What sheets have around them on a screen that is wide enough for them. */
const rim = 48

const desk = byId('desk')
const stand = byId('stand')
let shown = null
let coming = null
/** Paper size, unless not even a page of A4 has room beside the list and the remarks. */
let zoom = remembered('zoom') ?? (desk.clientWidth < 210 * pixelsPerMm ? 'fit' : 1)

/** What a setting was when the page was last open. */
export function remembered(name) {
  try {
    return JSON.parse(localStorage.getItem(name))
  } catch {
    return null
  }
}

/** Keeps a setting for when the page is opened again. */
export function remember(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value))
  } catch {
    // It is only a convenience.
  }
}

/**
 * Shows a sheet in a frame of its own; one that shows it already is replaced without a flicker, and stays where it was
 * scrolled to.
 *
 * @param onReady called when it is on the screen
 */
export function showSheet(sheet, { onKey, onLink, onReady }) {
  if (shown?.path === sheet.path && shown.html === sheet.html) return giveUp()
  if (coming?.path === sheet.path && coming.html === sheet.html) return
  giveUp()
  const isSame = shown?.path === sheet.path && shown.width === sheet.width
  if (isSame) void replace(sheet, onReady)
  else load(sheet, { onKey, onLink, onReady })
}

/** Forgets the sheet that was to come. */
function giveUp() {
  coming?.frame?.remove()
  coming = null
}

function address({ path, html }) {
  return `sheet/${path}.html?v=${html}`
}

/** Puts what is new into the frame that is there, where its fonts are ready. */
async function replace(sheet, onReady) {
  const next = { ...sheet }
  coming = next
  const text = await fetch(address(sheet))
    .then((answer) => (answer.status === 200 ? answer.text() : null))
    .catch(() => null)
  if (coming !== next) return
  coming = null
  // It is gone again, or the preview has ended: what is there stays until there is something newer.
  if (text === null) return
  const inside = shown.frame.contentDocument
  // The frame's own parser keeps to the frame's policy, in which sheets may have styles.
  const fresh = new shown.frame.contentWindow.DOMParser().parseFromString(text, 'text/html')
  replaceStyles(inside, fresh)
  for (const name of inside.documentElement.getAttributeNames()) inside.documentElement.removeAttribute(name)
  for (const { name, value } of fresh.documentElement.attributes)
    inside.documentElement.setAttribute(name, value)
  inside.body.replaceWith(inside.adoptNode(fresh.body))
  shown = { ...shown, ...sheet }
  measure()
  place()
  onReady()
}

/** Takes over the styles of a head, and leaves those alone that are as they were; what stands in the body comes with it. */
function replaceStyles(inside, fresh) {
  const old = [...inside.head.querySelectorAll('style')]
  const styles = [...fresh.head.querySelectorAll('style')]
  for (const style of old.slice(styles.length)) style.remove()
  for (const [index, style] of styles.entries()) {
    const there = old[index]
    if (!there) inside.head.append(inside.adoptNode(style))
    else if (there.textContent !== style.textContent) there.textContent = style.textContent
  }
}

/** Loads a sheet into a frame of its own, and takes the one before away when it is there. */
function load(sheet, { onKey, onLink, onReady }) {
  const frame = make('iframe.sheet', {
    src: address(sheet),
    title: sheet.title,
    // No scripts, no forms, no way out; this page may look inside, to know where its pages are.
    sandbox: 'allow-same-origin',
    tabindex: '-1',
  })
  const next = { ...sheet, frame, pages: [], innerHeight: 0 }
  coming = next
  frame.style.width = `${Math.floor(sheet.width * pixelsPerMm) + rim}px`
  frame.addEventListener('load', () => {
    if (coming !== next) return
    coming = null
    const inside = frame.contentDocument
    if (!inside?.body) return
    inside.addEventListener('keydown', onKey)
    inside.addEventListener('click', (event) => onLink(event, sheet.path))
    const isOther = shown?.path !== sheet.path
    shown?.frame.remove()
    shown = next
    measure()
    frame.classList.add('there')
    place()
    if (isOther) desk.scrollTo(0, 0)
    onReady()
  })
  stand.append(frame)
}

/** Looks where its pages are. */
function measure() {
  const { frame } = shown
  const inside = frame.contentDocument
  const { height } = inside.documentElement.getBoundingClientRect()
  shown.innerHeight = Math.ceil(height)
  shown.pages = [...inside.querySelectorAll('.sheet')]
    .filter((page) => page.offsetHeight > 0)
    .map((page) => page.getBoundingClientRect().top)
  frame.style.height = `${shown.innerHeight}px`
}

/** Takes the sheet away. */
export function clearDesk() {
  giveUp()
  shown?.frame.remove()
  shown = null
  place()
}

function scale() {
  if (zoom !== 'fit' || !shown) return zoom === 'fit' ? 1 : zoom
  return Math.min(1, desk.clientWidth / (Math.floor(shown.width * pixelsPerMm) + rim))
}

/** Gives the sheet its size and the page its numbers. */
function place() {
  // While the PDF is shown there is no room to measure; it is placed when it comes back.
  if (desk.hidden) return
  const by = scale()
  byId('zoom-real').textContent = `${Math.round(by * 100)} %`
  byId('zoom-fit').setAttribute('aria-pressed', String(zoom === 'fit'))
  if (!shown) {
    stand.style.width = stand.style.height = '0'
    return showPage()
  }
  const { frame, innerHeight } = shown
  frame.style.transform = by === 1 ? '' : `scale(${by})`
  stand.style.width = `${frame.offsetWidth * by}px`
  stand.style.height = `${innerHeight * by}px`
  showPage()
}

/** Changes the zoom: by a step, to paper size (0), or to the room there is. What is in the middle stays there. */
export function zoomBy(step) {
  const before = scale()
  if (step === 'fit') zoom = zoom === 'fit' ? 1 : 'fit'
  else if (step === 0) zoom = 1
  else {
    const sorted = step > 0 ? steps : steps.toReversed()
    zoom = sorted.find((one) => (one - before) * step > 0.005) ?? before
  }
  remember('zoom', zoom)
  const aside = (desk.scrollLeft - (desk.scrollWidth - desk.clientWidth) / 2) / before
  const middle = (desk.scrollTop + desk.clientHeight / 2) / before
  place()
  desk.scrollLeft = (desk.scrollWidth - desk.clientWidth) / 2 + aside * scale()
  desk.scrollTop = middle * scale() - desk.clientHeight / 2
}

function currentPage() {
  const by = scale()
  const edge = (desk.scrollTop + desk.clientHeight / 3) / by
  return Math.max(
    0,
    (shown?.pages ?? []).findLastIndex((top) => top <= edge),
  )
}

/** Goes to the next page or the one before; on a sheet of one page, to its end or beginning. */
export function turnPage(by) {
  if (!shown) return
  const { pages } = shown
  const to = currentPage() + by
  if (to < 0 || to >= pages.length) desk.scrollTo({ top: by < 0 ? 0 : desk.scrollHeight })
  else desk.scrollTo({ top: Math.max(0, (pages[to] - rim / 2) * scale()) })
  showPage()
}

/** Moves the sheet up by so many pixels. */
export function moveSheet(by) {
  desk.scrollBy({ top: by })
}

function showPage() {
  const count = shown?.pages.length ?? 0
  byId('pager').hidden = count < 2
  byId('page-number').textContent = count < 2 ? '' : `${currentPage() + 1} of ${count}`
}

desk.addEventListener('scroll', showPage, { passive: true })
new ResizeObserver(place).observe(desk)
