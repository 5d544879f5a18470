import { partProblem } from '../../../build/archive/entry-names.ts'
import { ArchiveDamage } from './damage.ts'

/** Far above any Go: 11,500 files, 215 MB. */
const maximumFiles = 100_000

/**
 * Checks the paths of one archive as they come: each stays in its folder on every system, none is there twice or is a file and a
 * folder at once.
 * @throws ArchiveDamage
 */
export function pathChecker(): (path: string) => void {
  const files = new Set<string>()
  const folders = new Set<string>()
  return (path) => {
    const shown = JSON.stringify(path)
    const parts = path.split('/')
    if (/^[a-z]:|^\//i.test(path)) throw new ArchiveDamage(`it holds the absolute path ${shown}`)
    if (parts.includes('..')) throw new ArchiveDamage(`it holds ${shown}, which leads out of its folder`)
    for (const part of parts) {
      const problem = part === '' || part === '.' ? 'it holds an empty folder name' : partProblem(part)
      if (problem !== undefined) throw new ArchiveDamage(`it holds ${shown}, which is no name every system takes (${problem})`)
    }
    const key = path.normalize('NFC').toLowerCase()
    if (files.has(key)) throw new ArchiveDamage(`it holds ${shown} twice`)
    if (folders.has(key)) throw new ArchiveDamage(`it holds ${shown} as a file and as a folder`)
    for (let end = key.lastIndexOf('/'); end > 0; end = key.lastIndexOf('/', end - 1)) {
      const folder = key.slice(0, end)
      if (files.has(folder)) throw new ArchiveDamage(`it holds ${JSON.stringify(folder)} as a file and as a folder`)
      if (folders.has(folder)) break
      folders.add(folder)
    }
    files.add(key)
    if (files.size > maximumFiles) throw new ArchiveDamage('it holds far more files than any Go')
  }
}
