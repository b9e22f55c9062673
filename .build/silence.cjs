// Takes the place of the package `debug` in the bundle: nobody is told what happens inside of puppeteer, and every build
// would load it.
const silent = Object.assign(() => undefined, { enabled: false })
module.exports = () => silent
