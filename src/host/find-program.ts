import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The full path of a program on PATH, as the host's shell would find it; undefined when there is none. */
export function findProgram(name: string, path: string = process.env['PATH'] ?? ''): string | undefined {
  const endings = process.platform === 'win32' ? ['', ...(process.env['PATHEXT'] ?? '.EXE;.CMD;.BAT').split(';')] : ['']
  for (const folder of path.split(delimiter)) {
    for (const ending of folder === '' ? [] : endings) {
      const candidate = join(folder, name + ending)
      if (isProgram(candidate)) return candidate
    }
  }
  return undefined
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
