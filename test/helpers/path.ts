import { accessSync, constants, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { makeFolder } from './temporary.ts'

/** A PATH of one folder of links to what is on the real one, without the programs whose names match. */
export function pathWithout(unwanted: RegExp): string {
  return pathOf((name) => !unwanted.test(name))
}

/** A PATH that holds only the programs that are wanted. */
export function pathOf(wanted: (name: string) => boolean): string {
  // Also for use outside of a test: it goes when the tests of the file have run.
  const folder = makeFolder()
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const taken = new Set<string>()
  for (const place of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of names(place)) {
      if (taken.has(name) || !wanted(name)) continue
      try {
        accessSync(join(place, name), constants.X_OK)
      } catch {
        continue
      }
      taken.add(name)
      symlinkSync(join(place, name), join(folder, name))
    }
  }
  return folder
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
