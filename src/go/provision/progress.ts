import type { ProvisionContext } from './types.ts'

const tellEvery = 250

/** Turns bytes received into events, a few a second, with the rate since the start. */
export function progressTeller({
  version,
  listener,
}: ProvisionContext & { readonly version: string }): (received: number, total: number | undefined) => void {
  const start = performance.now()
  let told = 0
  return (received, total) => {
    const now = performance.now()
    if (received !== total && now - told < tellEvery) return
    told = now
    const rate = Math.round(received / Math.max(0.001, (now - start) / 1000))
    listener({ type: 'go-progress', version, received, ...(total === undefined ? {} : { total }), rate })
  }
}
