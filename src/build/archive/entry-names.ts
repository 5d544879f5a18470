import { archiveError } from '../../errors/archive.ts'
import { isReservedName } from '../../project/names.ts'

/**
 * Refuses what an archive must not hold or Windows cannot unpack (learn.microsoft.com, "Naming Files, Paths, and Namespaces").
 * @throws FILES_NAME
 */
export function checkEntryName(name: string): void {
  const problem = problemWith(name)
  if (problem !== undefined)
    throw archiveError('FILES_NAME', { message: `${JSON.stringify(name)} cannot be a name in the archive: ${problem}.` })
}

function problemWith(name: string): string | undefined {
  if (name === '') return 'it is empty'
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'it is an absolute path'
  for (const part of name.split('/')) {
    if (part === '..' || part === '.') return `it holds "${part}"`
    if (part === '') return 'it holds an empty folder name'
    const problem = partProblem(part)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** Why Windows cannot have a file or folder of this name. */
export function partProblem(part: string): string | undefined {
  if (/[<>:"|?*\\]|\p{Cc}/u.test(part)) return 'it holds a character that Windows refuses'
  if (/[. ]$/.test(part)) return `"${part}" ends in a dot or a space`
  return isReservedName(part) ? `"${part}" is a device of Windows` : undefined
}

/**
 * Refuses two names that are one on a file system that does not tell upper from lower case.
 * @throws FILES_CLASH
 */
export function checkClashes(names: readonly string[]): void {
  const seen = new Map<string, string>()
  for (const name of names) {
    const key = name.normalize('NFC').toLowerCase()
    const other = seen.get(key)
    if (other !== undefined)
      throw archiveError('FILES_CLASH', {
        message: other === name ? `Two files would be called ${name} in the archive.` : `${other} and ${name} differ only in case.`,
      })
    seen.set(key, name)
  }
  for (const [key, name] of seen) {
    const parts = key.split('/')
    for (let length = 1; length < parts.length; length++) {
      const parent = seen.get(parts.slice(0, length).join('/'))
      if (parent !== undefined)
        throw archiveError('FILES_CLASH', { message: `${parent} would be a file and the folder of ${name} in the archive.` })
    }
  }
}
