// Replaces the package `debug` in the bundle: nobody reads what puppeteer logs, and every build would load it.
const silent = Object.assign(() => undefined, { enabled: false })
module.exports = () => silent
