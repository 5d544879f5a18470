import { peakMemory } from './peak-memory.ts'

/** What one run prints: seconds from a downloaded archive to a Go in the cache (the copy into the cache with it), bytes. */
export interface Provisioned {
  readonly seconds: number
  readonly peak: number
}

const [cache] = process.argv.slice(2) as [string]
const start = performance.now()
const { provideGo } = await import('../../src/go/provision/provide.ts')
await provideGo({ wish: {}, cache, environment: process.env })
const seconds = (performance.now() - start) / 1000
process.stdout.write(JSON.stringify({ seconds, peak: peakMemory() } satisfies Provisioned))
