import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'

/** Seconds by which a start time computed twice may differ: clocks are set right. */
const tolerance = 300

/** Something that tells one start of the machine from another: its id on Linux, else the second it was started. */
export function currentBoot(): string {
  if (process.platform === 'linux') {
    try {
      return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
    } catch {
      // A container without /proc.
    }
  }
  return String(Math.round(Date.now() / 1000 - uptime()))
}

export function isSameBoot(a: string, b: string): boolean {
  if (a === b) return true
  const [left, right] = [Number(a), Number(b)]
  return Number.isFinite(left) && Number.isFinite(right) && Math.abs(left - right) <= tolerance
}
