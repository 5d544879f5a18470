import { readFileSync } from 'node:fs'

/** A process that cannot be mistaken for a later one with the same id. */
export interface ProcessIdentity {
  readonly pid: number
  /** Start time in clock ticks since boot and the boot's id, where the system tells (Linux). */
  readonly started?: string
}

/** Identity of a live process; only the id where the system tells no more. */
export function identify(pid: number): ProcessIdentity {
  const started = startOf(pid)
  return started === undefined ? { pid } : { pid, started }
}

/** True while the very process (not a later one with its id) is alive. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  if (!signalReaches(pid)) return false
  return started === undefined || startOf(pid) === started
}

/** True while any member of a process group lives; on Windows, where there are no groups, the process itself. */
export function isGroupAlive(pid: number): boolean {
  return signalReaches(process.platform === 'win32' ? pid : -pid)
}

/**
 * True while the very group (not a later one with its id) lives. A system does not give a process the id of a group that
 * still has members, so a leader with another start time leads another group.
 */
export function isSameGroupAlive({ pid, started }: ProcessIdentity): boolean {
  if (!isGroupAlive(pid)) return false
  const leader = startOf(pid)
  return started === undefined || leader === undefined || leader === 'ended' || leader === started
}

function signalReaches(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is there, but another user's.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
    // A zombie has ended; field 3 of proc(5) is the state, 22 the start time.
    return fields[0] === 'Z' ? 'ended' : `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}:${fields[19]}`
  } catch {
    return undefined
  }
}
