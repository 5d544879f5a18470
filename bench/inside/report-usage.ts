import { writeFileSync } from 'node:fs'
import { peakMemory } from './peak-memory.ts'

/** What gopack's own process used, without its children. */
export interface Usage {
  /** Seconds of CPU time, of all its threads. */
  readonly cpu: number
  /** Bytes. */
  readonly peak: number
}

// Loaded before gopack (node --import): says at its end what it used.
process.once('exit', () => {
  const { user, system } = process.cpuUsage()
  writeFileSync(process.env['GOPACK_BENCH_USAGE']!, JSON.stringify({ cpu: (user + system) / 1e6, peak: peakMemory() } satisfies Usage))
})
