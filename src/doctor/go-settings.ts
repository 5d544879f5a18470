import { readFile } from 'node:fs/promises'
import type { GoPlace } from '../go/environment.ts'
import { isSettings } from '../go/go-answer.ts'
import { run } from '../host/exec.ts'

/** Settings that would change or stop the answer: they are kept from go and read where go would read them. */
const unasked = ['GOTOOLCHAIN', 'GOFLAGS', 'GOCACHE'] as const

/**
 * The user's effective Go settings, as `go env` gives them; empty without Go. With the user's GOTOOLCHAIN go might fetch another Go
 * just to answer, and with a wrong word in GOFLAGS or a GOCACHE it cannot use it would not answer at all.
 */
export async function readGoSettings(
  cwd: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
  place: GoPlace,
): Promise<Readonly<Record<string, string>>> {
  const result = await run(
    { file: 'go', args: ['env', '-json'], env: { GOTOOLCHAIN: 'local', GOFLAGS: '', GOCACHE: undefined, ...place.environment }, cwd },
    { signal },
  )
  if (result.exitCode !== 0) return {}
  const values = settingsIn(result.stdout)
  if (Object.keys(values).length === 0) return {}
  const asked: Record<string, string> = { ...values, GOTOOLCHAIN: '', GOFLAGS: '' }
  const written = await settingsFile(values['GOENV'])
  return { ...asked, ...Object.fromEntries(unasked.map((name) => [name, environment[name] || written[name] || asked[name] || ''])) }
}

/** None where something else answers than Go: the check of Go itself tells that. */
function settingsIn(text: string): Record<string, string> {
  try {
    const value = JSON.parse(text) as unknown
    return isSettings(value) ? value : {}
  } catch {
    return {}
  }
}

/** The file `go env -w` writes: NAME=value, one a line. */
async function settingsFile(path: string | undefined): Promise<Readonly<Record<string, string>>> {
  const text = path === undefined || path === 'off' ? '' : await readFile(path, 'utf8').catch(() => '')
  return Object.fromEntries(Array.from(text.matchAll(/^([A-Z0-9_]+)=(.*)$/gm), ([, name, value]) => [name, value]))
}
