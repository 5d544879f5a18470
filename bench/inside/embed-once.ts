import { peakMemory } from './peak-memory.ts'

/** What one run prints: seconds (with the loading of the engine), seconds with the result's hash, bytes. */
export interface Embedded {
  readonly seconds: number
  readonly hashed: number
  readonly peak: number
}

const [exe, output, icon] = process.argv.slice(2) as [string, string, string]
const start = performance.now()
const [{ embedResources }, { readResourceFiles }, { resolveResources }, { hashFile }] = await Promise.all([
  import('../../src/build/resources/embed.ts'),
  import('../../src/build/resources/files.ts'),
  import('../../src/build/resources/resolve.ts'),
  import('../../src/host/files.ts'),
])
const found = { strings: {} }
const files = await readResourceFiles({ icon }, found, '/')
const version = { text: '1.2.3', file: [1, 2, 3, 0], prerelease: false } as const
await embedResources(exe, output, resolveResources({ found, files, appName: 'large', version }))
const seconds = (performance.now() - start) / 1000
const peak = peakMemory()
await hashFile(output)
const hashed = (performance.now() - start) / 1000
process.stdout.write(JSON.stringify({ seconds, hashed, peak } satisfies Embedded))
