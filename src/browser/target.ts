import type { CDPSession } from 'puppeteer-core/internal/api/CDPSession.js'
import { Connection } from 'puppeteer-core/internal/cdp/Connection.js'

import type { PipeTransport } from './transport.ts'

/** A page of a browser, spoken to in the words of the DevTools protocol. */
export interface Target {
  readonly send: CDPSession['send']
  readonly session: CDPSession
  /**
   * Calls a function in the page, where nothing that is outside its braces exists.
   *
   * @returns what it returns, if that can be JSON
   * @throws what it throws there
   */
  evaluate<Args extends unknown[], Result>(
    work: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>
}

/** A browser, spoken to. */
export interface Connected {
  readonly connection: Connection
  /** @param targetId of a page that is there; otherwise one is opened */
  readonly open: (targetId?: string) => Promise<Target>
}

/**
 * Speaks to a browser that was started. Of puppeteer only its connection is used: what it does for a page beyond that
 * (frames, workers, requests, consoles) takes longer than printing one, and none of it can be in ours.
 */
export function connectTo(transport: PipeTransport): Connected {
  // The session has a time for each document; this one is for what is beyond all of them.
  const connection = new Connection('', transport, 0, 3_600_000)
  return {
    connection,
    async open(targetId) {
      const target =
        targetId ?? (await connection.send('Target.createTarget', { url: 'about:blank' })).targetId
      const { sessionId } = await connection.send('Target.attachToTarget', {
        targetId: target,
        flatten: true,
      })
      const session = connection.session(sessionId)
      if (!session) throw new Error('Session closed: the page went as it was opened')
      return targetOf(session)
    },
  }
}

function targetOf(session: CDPSession): Target {
  const send: CDPSession['send'] = (method, ...rest) => session.send(method, ...rest)
  let page: Promise<string> | undefined
  const globalObject = async () => {
    const { result } = await send('Runtime.evaluate', { expression: 'globalThis' })
    if (result.objectId === undefined) throw new Error('Session closed: the page has no global object')
    return result.objectId
  }
  return {
    send,
    session,
    async evaluate(work, ...args) {
      page ??= globalObject()
      const { result, exceptionDetails } = await send('Runtime.callFunctionOn', {
        objectId: await page,
        functionDeclaration: String(work),
        arguments: args.map((value) => ({ value })),
        returnByValue: true,
        awaitPromise: true,
      })
      if (exceptionDetails) {
        throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      }
      return result.value
    },
  }
}
