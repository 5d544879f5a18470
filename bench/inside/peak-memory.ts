import { readFileSync } from 'node:fs'

/**
 * Most memory this process ever held, in bytes. On Linux from the kernel's account of this very program: what
 * getrusage says starts with the memory of the parent, from before this program was loaded.
 */
export function peakMemory(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024
  const [, kilobytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'latin1'))!
  return Number(kilobytes) * 1024
}
