import type { AddFinding } from '../findings.ts'
import { limits } from './budget.ts'

/** Counts the entries that are kept in memory; false, told once, when an archive has more than any honest one. */
export function entryCounter(add: AddFinding): (name: string) => boolean {
  let entries = 0
  let characters = 0
  return (name) => {
    entries++
    characters += name.length
    if (entries <= limits.entries && characters <= limits.names) return true
    add('TOO_MANY_ENTRIES', `The archive has more entries, or longer names, than are looked at: the first ${entries - 1} were read.`)
    return false
  }
}
