import { showAbout, showProblems } from './about.js'
import { clearDesk, moveSheet, remember, remembered, showSheet, turnPage, zoomBy } from './desk.js'
import { byId, counted, decoded, make } from './elements.js'
import { sheetsOf, showSheets } from './sheets.js'

let state = null
/** The sheet that was asked for, and the one that is open: another where that one is not there, or not any more. */
let wanted = decoded(location.hash)
let open = wanted
/** What the address is known to name. If it names something else, somebody has just gone there, and it is told next. */
let addressed = wanted
/** Where the open one stood in the list. */
let place = -1
/** The sheet that the preview was last asked for. */
let asked
let isGrey = remembered('grey') === true
let isPdf = false
let usesKeys = remembered('keys') !== false

/** Shows what there is now. */
function show() {
  if (!state) return
  const all = sheetsOf(state)
  const sheet = sheetToOpen(all)
  if (sheet) {
    open = sheet.path
    place = all.indexOf(sheet)
    // What the address says is what would be there if the page were loaded anew.
    if (location.hash !== '' && decoded(location.hash) === addressed && addressed !== open) {
      history.replaceState(null, '', `#${open}`)
      addressed = open
    }
  }
  showSheets(state, open)
  showAbout(state, sheet)
  showProblems(state, sheet)
  const { title = '' } = state
  document.title = `${sheet ? `${sheet.title} · ` : ''}${title === '' ? 'Ladderpress preview' : title}`
  byId('sheet-title').textContent = sheet?.title ?? 'Ladderpress preview'
  byId('sheet-title').lang = state.language
  byId('sheet-detail').textContent = sheet
    ? `${sheet.detail}${sheet.pages > 1 ? `, ${sheet.pages} pages` : ''}`
    : ''
  byId('nothing').hidden = Boolean(sheet?.html)
  byId('nothing').textContent =
    sheet?.html || state.problems.length > 0 || sheet?.failed ? '' : 'Setting the sheet …'
  if (sheet?.html) showSheet(sheet, { onKey, onLink, onReady: showStatus })
  else clearDesk()
  if (sheet && !sheet.html && asked !== sheet.path) ask(sheet)
  asked = sheet?.path
  showPdf(sheet)
  showStatus()
}

/** Has a sheet made before the others that are not there yet. */
function ask({ path }) {
  fetch(`sheet/${path}.html`).catch(() => undefined)
}

/** What is asked for, as soon as it is there; else what is open, what stands in its place since its id was changed, or a first one. */
function sheetToOpen(all) {
  const kindOf = (path) => path.split('/')[0]
  const called = (name) => all.find(({ path }) => path === name)
  const instead = all[place] && kindOf(all[place].path) === kindOf(open) ? all[place] : undefined
  const first = all.find(({ path }) => path.startsWith('one-pager/')) ?? all[0]
  return called(wanted) ?? called(open) ?? instead ?? first
}

function showPdf(sheet) {
  const button = byId('pdf')
  button.hidden = state.unprinted !== null
  const isShown = isPdf && !button.hidden
  button.setAttribute('aria-pressed', String(isShown))
  byId('desk').hidden = isShown
  byId('print').hidden = !isShown
  for (const id of ['zoom-out', 'zoom-real', 'zoom-in', 'zoom-fit', 'grey']) byId(id).disabled = isShown
  if (!isShown) return byId('print').replaceChildren()
  const address = sheet?.pdf ? `pdf/${sheet.path}.pdf?v=${sheet.pdf}` : null
  if (byId('print').dataset.address === String(address) && byId('print').firstChild) return
  byId('print').dataset.address = String(address)
  byId('print').replaceChildren(
    ...(address === null
      ? [make('p', {}, 'The PDF is being made …')]
      : [
          make(
            'p',
            {},
            make('a', { href: address, target: '_blank', rel: 'noopener' }, 'Open the PDF in a tab'),
          ),
          navigator.pdfViewerEnabled
            ? make('iframe', { src: address, title: `PDF of ${sheet.title}` })
            : null,
        ].filter((part) => part !== null)),
  )
}

let isConnected = true

function showStatus() {
  const remarks = state ? [...state.remarks, ...sheetsOf(state).flatMap((sheet) => sheet.remarks)] : []
  const failures = sheetsOf(state ?? { groups: [] }).filter(({ failed }) => failed)
  const isWrong = state?.problems.length > 0 || failures.some(({ path }) => path === open)
  const warnings = remarks.filter(({ severity }) => severity === 'warning').length
  const words = !isConnected
    ? 'Not connected. The preview has ended, or begins again'
    : state?.busy
      ? 'Working …'
      : isWrong
        ? 'Not in order'
        : failures.length > 0
          ? `Up to date, ${counted(failures.length, 'other sheet')} not in order`
          : `Up to date${warnings > 0 ? `, ${counted(warnings, 'warning')}` : ''}`
  if (byId('status').textContent !== words) byId('status').textContent = words
  const isFine = state?.busy || (!isWrong && failures.length === 0)
  byId('status').className = isConnected && isFine ? '' : 'wrong'
}

function setGrey(value) {
  isGrey = value
  remember('grey', value)
  byId('stand').classList.toggle('grey', value)
  byId('grey').setAttribute('aria-pressed', String(value))
}

function setPdf(value) {
  isPdf = value
  show()
}

/** Opens the sheet so many places further on in the list. */
function step(by) {
  const all = sheetsOf(state ?? { groups: [] })
  const at = all.findIndex(({ path }) => path === open)
  const to = Math.min(all.length - 1, Math.max(0, at + by))
  if (!all[to]) return
  location.hash = all[to].path
  // Its place in a long list as well.
  document.querySelectorAll('#list a')[to]?.scrollIntoView({ block: 'nearest' })
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  ArrowRight: () => turnPage(1),
  ArrowLeft: () => turnPage(-1),
  PageDown: () => turnPage(1),
  PageUp: () => turnPage(-1),
  ArrowDown: () => moveSheet(80),
  ArrowUp: () => moveSheet(-80),
  // By their buttons, which do nothing while the PDF is shown.
  '+': () => byId('zoom-in').click(),
  '=': () => byId('zoom-in').click(),
  '-': () => byId('zoom-out').click(),
  0: () => byId('zoom-real').click(),
  f: () => byId('zoom-fit').click(),
  g: () => byId('grey').click(),
  p: () => byId('pdf').hidden || setPdf(!isPdf),
  '?': () => byId('keys').showModal(),
}

function onKey(event) {
  const work = keys[event.key]
  if (!work || event.ctrlKey || event.metaKey || event.altKey || byId('keys').open) return
  // Whoever turned them off, or moves within a list or a long line, means that.
  if (!usesKeys && event.key.length === 1) return
  const within = event.target.closest?.('nav, aside, pre, #problem')
  if (within && /^(Arrow|Page)/.test(event.key)) return
  event.preventDefault()
  work()
}

/** Links of a sheet: to another sheet in this page, to elsewhere in a new tab. */
function onLink(event, path) {
  const link = event.target.closest?.('a[href]')
  if (!link) return
  const href = link.getAttribute('href')
  if (href.startsWith('#')) {
    // Scrolling happens out here.
    event.preventDefault()
    const goal = event.target.ownerDocument.getElementById(decoded(href))
    return goal?.scrollIntoView()
  }
  event.preventDefault()
  const folder = new URL(`sheet/${path}.html`, location.href)
  const to = new URL(href, folder)
  const own = new URL('sheet/', location.href).href
  if (to.href.startsWith(own)) {
    const name = to.pathname.slice(new URL(own).pathname.length).replace(/\.html$/, '')
    if (sheetsOf(state).some((sheet) => sheet.path === name)) location.hash = name
  } else if (/^(https?|mailto):/.test(to.protocol)) window.open(to.href, '_blank', 'noopener')
}

/** On a narrow screen the list and the remarks are opened. */
function opens(button, panel) {
  byId(button).addEventListener('click', () => {
    const isOpen = !byId(panel).classList.contains('open')
    closePanels()
    byId(panel).classList.toggle('open', isOpen)
    byId(button).setAttribute('aria-expanded', String(isOpen))
  })
}

function closePanels() {
  for (const [button, panel] of [
    ['show-sheets', 'sheets'],
    ['show-about', 'about'],
  ]) {
    byId(panel).classList.remove('open')
    byId(button).setAttribute('aria-expanded', 'false')
  }
}

const clicks = {
  'page-back': () => turnPage(-1),
  'page-on': () => turnPage(1),
  'zoom-out': () => zoomBy(-1),
  'zoom-real': () => zoomBy(0),
  'zoom-in': () => zoomBy(1),
  'zoom-fit': () => zoomBy('fit'),
  grey: () => setGrey(!isGrey),
  pdf: () => setPdf(!isPdf),
  help: () => byId('keys').showModal(),
}
for (const [id, work] of Object.entries(clicks)) byId(id).addEventListener('click', work)
opens('show-sheets', 'sheets')
opens('show-about', 'about')
byId('keys-on').checked = usesKeys
byId('keys-on').addEventListener('change', () => {
  usesKeys = byId('keys-on').checked
  remember('keys', usesKeys)
})
document.addEventListener('keydown', onKey)
addEventListener('hashchange', () => {
  wanted = open = addressed = decoded(location.hash)
  closePanels()
  show()
})
setGrey(isGrey)
// What lies over the desk begins below the header, which may take one line or two.
const header = document.querySelector('header')
new ResizeObserver(() => {
  document.documentElement.style.setProperty('--below', `${header.offsetHeight}px`)
}).observe(header)

/**
 * Hears what there is to show: by what all tabs share, or by itself where a browser has no such thing, or refuses it, as
 * some do to pages that may keep nothing.
 */
function listen() {
  const listenAlone = () => {
    const events = new EventSource('events')
    events.addEventListener('message', ({ data }) => hear({ data, isConnected: true }))
    events.addEventListener('error', () => hear({ data: null, isConnected: false }))
  }
  let worker
  try {
    worker = new SharedWorker('news.js')
  } catch {
    return listenAlone()
  }
  worker.addEventListener('error', listenAlone, { once: true })
  worker.port.addEventListener('message', ({ data }) => hear(data))
  worker.port.start()
}

function hear(news) {
  isConnected = news.isConnected
  if (!isConnected || news.data === null) return showStatus()
  state = JSON.parse(news.data)
  show()
}

listen()
