/** Opens an address in the browser that somebody has. What is done in vain does no harm: the address is in the terminal. */
export async function openAddress(address: string): Promise<void> {
  const { default: open } = await import('open')
  const child = await open(address).catch(() => undefined)
  child?.on('error', () => undefined)
}
