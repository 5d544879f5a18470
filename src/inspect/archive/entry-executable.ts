import { GopackError } from '../../errors/gopack-error.ts'
import { inspectExecutable } from '../executable.ts'
import type { AddFinding } from '../findings.ts'
import type { ArchiveEntry, ExecutableInspection } from '../types.ts'
import { limits } from './budget.ts'
import type { Content } from './content.ts'

/** Looks into an entry that begins like an executable; null when it is none. */
export type InspectEntry = (content: Content, name: string) => Promise<ExecutableInspection | null>

/** The inspector for the entries of one archive. */
export function entryInspector(archivePath: string, add: AddFinding): InspectEntry {
  let looked = 0
  return async (content, name) => {
    if (content.tooLarge) add('ENTRY_TOO_LARGE', tooLarge(name), name)
    if (content.executable === null) return null
    if (++looked > limits.executables) {
      if (looked === limits.executables + 1) add('TOO_MANY_ENTRIES', `Only the first ${limits.executables} executables were looked into.`)
      return null
    }
    try {
      return await inspectExecutable(content.executable.source, `${archivePath}/${name}`, content.executable.format)
    } catch (error) {
      if (!(error instanceof GopackError)) throw error
      // Data may begin with "MZ" by chance.
      if (/\.(?:exe|dll)$/i.test(name)) add('ENTRY_UNREADABLE', error.message, name)
      return null
    }
  }
}

function tooLarge(name: string): string {
  const most = limits.executable / 2 ** 20
  return `${JSON.stringify(name)} is larger than ${most} MiB and was not looked into: unpack it and inspect it alone.`
}

/** Takes back the objection to a DLL that is no part of Windows where the archive holds it beside the program. */
export function acceptCompanions(entries: readonly ArchiveEntry[]): readonly ArchiveEntry[] {
  const names = new Set(entries.map(({ name }) => name.toLowerCase()))
  return entries.map((entry) => {
    const { executable } = entry
    if (executable === null) return entry
    const folder = entry.name.slice(0, entry.name.lastIndexOf('/') + 1)
    const findings = executable.findings.filter(
      ({ code, subject }) => code !== 'FOREIGN_DLL' || subject === null || !names.has((folder + subject).toLowerCase()),
    )
    return { ...entry, executable: { ...executable, findings } }
  })
}
