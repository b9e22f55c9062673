import type { Canary } from './canary.ts'

/** Something in a page that reaches for an address. */
export interface Construct {
  /** What the canary hears when it gets through. */
  readonly name: string
  readonly html: string
  /** The headless shell does nothing with it, or no listener of ours could tell; other browsers may differ. */
  readonly silent?: true
}

export interface Constructs {
  /** What loads by itself, side by side in one page. */
  readonly markup: readonly Construct[]
  /** Scripts; each is whole without its tags. */
  readonly scripts: readonly Construct[]
  /** What leads elsewhere or alters the page around it, so that each needs a page of its own. */
  readonly departures: readonly Construct[]
}

/** The ways out of a page, each to a name of its own at the canary. */
export async function constructsTo(canary: Canary): Promise<Constructs> {
  const [preconnect, turn, stun, transport] = await Promise.all([
    canary.listen('tcp', 'preconnect'),
    canary.listen('tcp', 'turn'),
    canary.listen('udp', 'stun'),
    canary.listen('udp', 'web-transport'),
  ])
  const html = (name: string, write: (url: string) => string): Construct => ({
    name,
    html: write(`http://${canary.web}/${name}`),
  })
  const silent = (name: string, write: (url: string) => string): Construct => ({
    ...html(name, write),
    silent: true,
  })
  const script = (name: string, write: (url: string) => string): Construct =>
    html(name, (url) => `<script>try { ${write(url)} } catch {}</script>`)
  const rtc = (name: string, options: string) =>
    script(
      name,
      () =>
        `const peer = new RTCPeerConnection(${options}); peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer))`,
    )
  const rule = (url: string) => `[{"source":"list","urls":["${url}"],"eagerness":"immediate"}]`
  return {
    markup: [
      silent('preconnect', () => `<link rel="preconnect" href="http://${preconnect}">`),
      silent('dns-prefetch', () => `<link rel="dns-prefetch" href="//canary.localhost">`),
      silent('icon', (url) => `<link rel="icon" href="${url}">`),
      silent('manifest', (url) => `<link rel="manifest" href="${url}">`),
      silent('svg-use', (url) => `<svg><use href="${url}#a"/></svg>`),
      html('prefetch', (url) => `<link rel="prefetch" href="${url}">`),
      html('preload', (url) => `<link rel="preload" as="image" href="${url}">`),
      html('modulepreload', (url) => `<link rel="modulepreload" href="${url}">`),
      html('stylesheet', (url) => `<link rel="stylesheet" href="${url}">`),
      html('script', (url) => `<script src="${url}"></script>`),
      html('speculation', (url) => `<script type="speculationrules">{"prefetch":${rule(url)}}</script>`),
      html('img', (url) => `<img src="${url}" alt="">`),
      html('srcset', (url) => `<img srcset="${url} 1x" alt="">`),
      html('picture', (url) => `<picture><source srcset="${url}"><img alt=""></picture>`),
      html('img-by-name', (url) => `<img src="${url.replace('127.0.0.1', 'localhost')}" alt="">`),
      html('input', (url) => `<input type="image" src="${url}" alt="">`),
      html('background', (url) => `<table background="${url}"><tr><td>x</td></tr></table>`),
      html('onerror', (url) => `<img src="x:" onerror="new Image().src = '${url}'" alt="">`),
      html('iframe', (url) => `<iframe src="${url}"></iframe>`),
      html('iframe-srcdoc', (url) => `<iframe srcdoc="<img src='${url}'>"></iframe>`),
      html('iframe-data', (url) => `<iframe src="data:text/html,<img src=${url}>"></iframe>`),
      html(
        'iframe-refresh',
        (url) => `<iframe srcdoc="<meta http-equiv=refresh content='0;url=${url}'>"></iframe>`,
      ),
      html('object', (url) => `<object data="${url}"></object>`),
      html('embed', (url) => `<embed src="${url}">`),
      html('video', (url) => `<video src="${url}" preload="auto"></video>`),
      html('poster', (url) => `<video poster="${url}"></video>`),
      html('audio', (url) => `<audio src="${url}" preload="auto"></audio>`),
      html('track', (url) => `<video crossorigin><track default src="${url}"></video>`),
      html('svg-image', (url) => `<svg><image href="${url}"/></svg>`),
      html(
        'svg-filter',
        (url) =>
          `<svg><filter id="f"><feImage href="${url}"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>`,
      ),
      html('css-url', (url) => `<p style="background: url(${url})">x</p>`),
      html('css-import', (url) => `<style>@import "${url}";</style>`),
      html('css-content', (url) => `<style>#c::before { content: url(${url}) }</style><p id="c">x</p>`),
      html('css-image-set', (url) => `<p style="background: image-set('${url}' 1x)">x</p>`),
      html(
        'css-font',
        (url) =>
          `<style>@font-face { font-family: away; src: url(${url}) }</style><p style="font-family: away">x</p>`,
      ),
    ],
    scripts: [
      script('fetch', (url) => `fetch('${url}', { mode: 'no-cors' }).catch(() => 0)`),
      script('xhr', (url) => `const x = new XMLHttpRequest(); x.open('GET', '${url}'); x.send()`),
      script('beacon', (url) => `navigator.sendBeacon('${url}', 'x')`),
      script('event-source', (url) => `new EventSource('${url}')`),
      script('web-socket', (url) => `new WebSocket('${url.replace('http', 'ws')}')`),
      script('web-transport', () => `new WebTransport('https://${transport}').ready.catch(() => 0)`),
      rtc('stun', `{ iceServers: [{ urls: 'stun:${stun}' }] }`),
      rtc('turn', `{ iceServers: [{ urls: 'turn:${turn}?transport=tcp', username: 'u', credential: 'p' }] }`),
      script('import', (url) => `import('${url}').catch(() => 0)`),
      script('worker', (url) => `new Worker(URL.createObjectURL(new Blob(["importScripts('${url}')"])))`),
      script('worklet', (url) => `new AudioContext().audioWorklet.addModule('${url}').catch(() => 0)`),
      script('font-face', (url) => `new FontFace('f', 'url(${url})').load().catch(() => 0)`),
      script(
        'ping',
        (url) => `Object.assign(document.createElement('a'), { href: '#', ping: '${url}' }).click()`,
      ),
      script(
        'form-blank',
        (url) =>
          `const f = document.createElement('form'); f.action = '${url}'; f.target = '_blank'; document.documentElement.append(f); f.submit()`,
      ),
      script('window-open', (url) => `window.open('${url}')`),
    ],
    departures: [
      html('base', (url) => `<base href="${url.replace('base', '')}"><img src="base" alt="">`),
      html('frameset', (url) => `<frameset><frame src="${url}"></frameset>`),
      html('refresh', (url) => `<meta http-equiv="refresh" content="0;url=${url}">`),
      script('location', (url) => `location = '${url}'`),
      html('frame-top', (url) => `<iframe srcdoc="<script>top.location = '${url}'</script>"></iframe>`),
      html(
        'form',
        (url) => `<form id="f" action="${url}"></form><script>document.forms[0].submit()</script>`,
      ),
      html('click', (url) => `<a id="a" href="${url}">x</a><script>document.links[0].click()</script>`),
    ],
  }
}
