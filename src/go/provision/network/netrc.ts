import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export interface Login {
  readonly machine: string
  readonly login: string
  readonly password: string
}

/** The file the go command takes logins from: NETRC, else .netrc (on Windows also _netrc) in the home folder. */
export function netrcFile(environment: NodeJS.ProcessEnv): string {
  const named = environment['NETRC']
  if (named !== undefined && named !== '') return named
  const home = environment['HOME'] || homedir()
  const old = join(home, '_netrc')
  return process.platform === 'win32' && existsSync(old) ? old : join(home, '.netrc')
}

/** Every whole login of a netrc file, in its order; none where there is no such file. */
export function readNetrc(file: string): Login[] {
  try {
    return parseNetrc(readFileSync(file, 'utf8'))
  } catch {
    return []
  }
}

/** Words of a line in pairs; `default` ends the list and is not used, macros are passed over: as the go command reads it. */
export function parseNetrc(text: string): Login[] {
  const logins: Login[] = []
  let current: Partial<Record<keyof Login, string>> = {}
  let inMacro = false
  for (const line of text.split(/\r?\n/)) {
    if (inMacro) {
      inMacro = line !== ''
      continue
    }
    const words = line.split(/\s+/).filter((word) => word !== '')
    for (let index = 0; index < words.length; index += 2) {
      const [name = '', value] = [words[index], words[index + 1]]
      if (name === 'default') return logins
      if (name === 'macdef') inMacro = true
      if (value === undefined) break
      if (name === 'machine') current = { machine: value }
      else if (name === 'login' || name === 'password') current = { ...current, [name]: value }
      const { machine, login, password } = current
      if (machine !== undefined && login !== undefined && password !== undefined) {
        logins.push({ machine, login, password })
        current = {}
      }
    }
  }
  return logins
}
