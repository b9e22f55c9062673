import { byId, counted, make } from './elements.js'

/** Shows how the open sheet stands on its paper, and what there is to say of it and of the ladder. */
export function showAbout(state, sheet) {
  byId('fit').replaceChildren(...(sheet?.fit ? fitOf(sheet.fit) : []))
  const own = sheet?.remarks ?? []
  const others = state.groups
    .flatMap(({ sheets }) => sheets)
    .filter(({ path, remarks }) => path !== sheet?.path && remarks.length > 0)
  byId('remarks').replaceChildren(
    // Then they are the panel's.
    own.length + state.remarks.length === 0 && state.problems.length > 0 ? '' : make('h2', {}, 'Remarks'),
    ...(own.length + state.remarks.length === 0
      ? [make('p.quiet', {}, sheet?.html && state.problems.length === 0 ? 'None on this sheet.' : '')]
      : [...own, ...state.remarks].map(remarkOf)),
    ...(others.length === 0
      ? []
      : [make('h2', {}, 'On other sheets'), make('ul.others', {}, ...others.map(otherOf))]),
  )
  byId('unprinted').hidden = state.unprinted === null
  byId('unprinted').replaceChildren(
    ...(state.unprinted === null ? [] : [make('h2', {}, 'No PDF'), make('p', {}, `${state.unprinted}.`)]),
  )
}

function fitOf(fit) {
  const { size, distance, fill, pages, wordsOver, wordsToSpare, tightest, longest } = fit
  const rows = [
    ['Size', `${size} pt`, `reads from ${distance} cm`],
    ['Full', `${Math.round(fill * 100)} %`, pages === 1 ? '' : `of ${pages} pages`],
  ]
  if (wordsOver > 0) rows.push(['Over', counted(wordsOver, 'word'), 'at the smallest size'])
  if (wordsToSpare !== null) rows.push(['To spare', counted(wordsToSpare, 'word'), ''])
  if (tightest)
    rows.push(['Tightest', counted(tightest.words, 'word'), `${tightest.ref}${lineOf(tightest.at)}`])
  if (fit.remedies.length > 0) rows.push(['Fitted by', fit.remedies.join(', '), ''])
  return [
    make('h2', {}, 'Room'),
    make(
      'dl',
      {},
      ...rows.map(([term, value, more]) =>
        make(
          'div',
          {},
          make('dt', {}, term),
          make('dd', {}, make('strong', {}, value), more === '' ? null : ` ${more}`),
        ),
      ),
    ),
    ...(longest.length === 0
      ? []
      : [
          make('h2', {}, 'Longest'),
          make(
            'ol.longest',
            {},
            ...longest.map(({ words, text, at }) =>
              make(
                'li',
                {},
                make('strong', {}, counted(words, 'word')),
                make('span.at', {}, lineOf(at)),
                make('p', {}, text),
              ),
            ),
          ),
        ]),
  ]
}

function lineOf(at) {
  return at === null ? '' : `, ${at}`
}

function otherOf({ path, title, aside, remarks }) {
  const worst = ['error', 'warning', 'note'].find((severity) =>
    remarks.some((remark) => remark.severity === severity),
  )
  const count = remarks.filter(({ severity }) => severity === worst).length
  return make(
    'li',
    {},
    make('a', { href: `#${path}` }, aside === null ? title : `${title}, ${aside}`),
    ' ',
    make('span.count', {}, counted(count, worst)),
  )
}

/** A diagnostic: what, where, the line itself, what to do. */
export function remarkOf({ code, severity, message, at, frame, hint, related }) {
  return make(
    `article.remark ${severity}`,
    {},
    make('p.message', {}, make('span.severity', {}, severity), ' ', message),
    at ? make('p.at', {}, at) : null,
    frame ? frameOf(frame) : null,
    ...related.flatMap((other) => [
      make('p', {}, `${other.message}${other.at ? `, ${other.at}` : ''}`),
      other.frame ? frameOf(other.frame) : null,
    ]),
    hint === null ? null : make('p.hint', {}, hint),
    make('p.code', {}, code),
  )
}

/** The line in question, from its first letter on: it wraps, so that what is meant is in sight in a narrow column too. */
function frameOf({ line, text, before, marked }) {
  const after = text.slice(before.length + marked.length)
  return make(
    'pre',
    { 'aria-label': `Line ${line}` },
    make('span.line', {}, String(line)),
    make(
      'code',
      {},
      before.trimStart(),
      // Where something is missing, nothing is there to be marked.
      make('mark', {}, marked === '' ? ' ' : marked),
      after.trimEnd(),
    ),
  )
}

/** Lays what is wrong over the last good sheet; nothing where nothing is. */
export function showProblems(state, sheet) {
  const panel = byId('problem')
  const errors = (remarks) => remarks.filter(({ severity }) => severity === 'error')
  const ofAll = errors(state.problems)
  const wrong = ofAll.length > 0 ? ofAll : sheet?.failed ? errors(sheet.remarks) : []
  // What is said already is not said again to people who listen.
  const said = JSON.stringify([wrong, Boolean(sheet?.html)])
  if (panel.dataset.said === said) return
  panel.dataset.said = said
  panel.hidden = wrong.length === 0
  const what =
    ofAll.length > 0 ? 'The files cannot be printed as they are' : 'This sheet cannot be printed as it is'
  panel.replaceChildren(
    ...(wrong.length === 0
      ? []
      : [
          make('h2', {}, what),
          make(
            'p.quiet',
            {},
            sheet?.html
              ? 'Below is the sheet as it was before.'
              : 'Sheets are shown as soon as this is mended.',
          ),
          ...wrong.map(remarkOf),
        ]),
  )
}
