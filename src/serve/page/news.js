/**
 * A worker that all tabs of a browser share: it listens for all of them. A browser opens six connections to an address,
 * and if each tab kept one, the sixth would have none left to load a sheet by.
 */
const ports = new Set()
let events = null
/** What was told last, and whether it can be told of anything newer. */
let last = null
let isConnected = true

function listen() {
  events = new EventSource('events')
  events.addEventListener('message', ({ data }) => {
    last = data
    isConnected = true
    tell()
  })
  events.addEventListener('error', () => {
    isConnected = false
    tell()
  })
}

function tell(to = ports) {
  for (const port of to) port.postMessage({ data: last, isConnected })
}

self.addEventListener('connect', ({ ports: [port] }) => {
  ports.add(port)
  // One that was refused does not try again by itself.
  if (events === null || events.readyState === EventSource.CLOSED) listen()
  else if (last !== null) tell([port])
})
