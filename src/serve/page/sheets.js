import { byId, draw, drawMark, make } from './elements.js'

/** Sheets in the list are drawn to one scale: so many pixels for the longest side of them all. */
const longest = 44

/** Levels of a map that leave the list below it in sight. */
const mostInSight = 40

/** All sheets of a state, in the order of the list. */
export function sheetsOf(state) {
  return state.groups.flatMap(({ sheets }) => sheets)
}

/** What is shown now, so that only what has changed is made anew: nobody clicks on what is just being replaced. */
const rows = new Map()
const shown = { map: '', list: '' }

/** Shows the ladder, its map and the list of its sheets. */
export function showSheets(state, open) {
  byId('ladder-title').textContent = state.title
  byId('ladder-title').lang = state.language
  byId('ladder-edition').textContent = state.edition ?? ''
  showMap(state)
  const all = sheetsOf(state)
  const scale = longest / Math.max(1, ...all.flatMap(({ width, height }) => [width, height]))
  const widest = Math.ceil(scale * Math.max(0, ...all.map(({ width }) => width)))
  for (const sheet of all) showRow(sheet, { state, scale, widest })
  showGroups(state)
  for (const link of document.querySelectorAll('#map a, #list a')) {
    if (link.getAttribute('href') === `#${open}`) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
}

/** A map that is longer than a screen would keep the list out of sight: it is folded. */
function showMap(state) {
  const map = JSON.stringify([state.map, state.language, state.direction])
  if (map === shown.map) return
  shown.map = map
  const blocks = state.map?.blocks ?? []
  byId('map').replaceChildren(...blocks.map((block) => mapOf(block, state)))
  const summary = byId('map-fold').querySelector('summary')
  const isLong = blocks.flatMap(({ levels }) => levels).length > mostInSight
  if (summary.hidden === isLong) byId('map-fold').open = !isLong
  summary.hidden = !isLong
}

function showGroups(state) {
  const counted = state.groups.findIndex(({ sheets }) => sheets.some(({ fit }) => fit && roomOf(fit) !== ''))
  const groups = state.groups.map(({ title, track, sheets }, index) => ({
    title,
    track,
    paths: sheets.map(({ path }) => path),
    unit: index === counted,
  }))
  const list = JSON.stringify([groups, state.language])
  if (list === shown.list) return
  shown.list = list
  byId('list').replaceChildren(
    ...groups.flatMap(({ title, track, paths, unit }) => [
      make(
        'h2',
        {},
        make('span', {}, title),
        track
          ? make('span.track', {}, drawMark(track.mark), make('span', { lang: state.language }, track.name))
          : null,
        unit ? make('span.unit', {}, 'words to spare') : null,
      ),
      make('ul', {}, ...paths.map((path) => rows.get(path).row)),
    ]),
  )
}

/** Makes or changes the row of a sheet. */
function showRow(sheet, { state, scale, widest }) {
  const { path, title, detail, aside, width, height, fit, failed, remarks } = sheet
  const known = rows.get(path) ?? { row: make('li', {}, make('a', { href: `#${path}` })), said: '' }
  rows.set(path, known)
  const room = failed ? 'error' : fit ? roomOf(fit) : ''
  const isFine = !failed && !room.startsWith('−') && remarks.every(({ severity }) => severity === 'note')
  const said = JSON.stringify([
    title,
    detail,
    aside,
    width,
    height,
    fit?.fill,
    room,
    isFine,
    scale,
    state.language,
  ])
  if (said === known.said) return
  known.said = said
  const outline = draw(
    widest + 2,
    Math.ceil(height * scale) + 2,
    outlineOf(width * scale, height * scale, widest, fit),
  )
  outline.setAttribute('class', 'outline')
  outline.setAttribute('width', String(widest + 2))
  outline.setAttribute('height', String(Math.ceil(height * scale) + 2))
  const link = known.row.firstChild
  link.title = detail
  link.replaceChildren(
    outline,
    make(
      'span.name',
      {},
      make('span', { lang: state.language, dir: state.direction }, title),
      aside === null ? null : make('span.aside', {}, aside),
    ),
    ...(room === '' ? [] : [make(isFine ? 'span.room fine' : 'span.room', {}, room)]),
  )
}

/** A sheet as it lies, grey as far as its text reaches. */
function outlineOf(width, height, widest, fit) {
  const x = 1 + (widest - width) / 2
  const shapes = [['rect', { x, y: 1, width, height, class: 'paper' }]]
  if (fit) shapes.push(['rect', { x, y: 1, width, height: height * Math.min(1, fit.fill), class: 'text' }])
  return shapes
}

/** How many words it can take, or has too many. */
function roomOf({ wordsOver, wordsToSpare }) {
  if (wordsOver > 0) return `−${wordsOver}`
  return wordsToSpare === null ? '' : String(wordsToSpare)
}

/** The map of the ladder, as it stands on sheets. */
function mapOf({ columns, rails, ties, forks, levels }, state) {
  const cells = []
  const add = (element, row, column) => {
    element.style.gridRow = String(row)
    element.style.gridColumn = String(column)
    cells.push(element)
  }
  for (const { column, row, part, dashed } of rails)
    add(make(`span.map-rail ${part}${dashed ? ' dashed' : ''}`), row, column)
  for (const { row, from, to, dashed, stop, back } of ties) {
    const end = stop ? ` stop${back ? ' back' : ''}` : ''
    add(make(`span.map-tie${dashed ? ' dashed' : ''}${end}`), row, `${from} / ${to}`)
  }
  for (const { row, from, to, back } of forks)
    add(make(`span.map-fork${back ? ' back' : ''}`), row, `${from} / ${to}`)
  for (const { title, row, markColumn, nameColumn, side, mark, href } of levels) {
    const words = typeof title === 'string' ? title : plain(title)
    add(make('span.map-mark', {}, drawMark(mark)), row, markColumn)
    if (nameColumn === null) continue
    const name = href ? make('a', { href: `#${href}` }, words) : words
    add(make(`span.map-name ${side}`, { lang: state.language }, name), row, nameColumn)
  }
  const map = make('div.map', { dir: state.direction }, ...cells)
  map.style.gridTemplateColumns = columns
  return map
}

/** The words of a line, without what is marked in it. */
function plain(inlines) {
  return inlines.map(({ text, children = [] }) => text ?? plain(children)).join('')
}
