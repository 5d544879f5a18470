import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const fixtures = fileURLToPath(new URL('../../../../fixtures/resources/', import.meta.url))

export interface GoBuild {
  readonly fixture?: 'hello' | 'cgo'
  readonly arch?: 'amd64' | '386' | 'arm64'
  readonly stripped?: boolean
  /** A COFF object with resources, linked in. */
  readonly syso?: string
}

/** Builds a small Windows program into `folder` and gives back its path. */
export function goBuild(folder: string, name: string, { fixture = 'hello', arch = 'amd64', stripped = true, syso }: GoBuild = {}): string {
  const source = join(folder, `${name}-source`)
  cpSync(join(fixtures, fixture), source, { recursive: true })
  if (syso !== undefined) copyFileSync(syso, join(source, basename(syso)))
  const output = join(folder, name)
  go(['build', '-buildvcs=false', '-trimpath', ...(stripped ? ['-ldflags=-s -w'] : []), '-o', output, '.'], source, {
    GOOS: 'windows',
    GOARCH: arch,
    CGO_ENABLED: fixture === 'cgo' ? '1' : '0',
    CC: 'x86_64-w64-mingw32-gcc',
  })
  return output
}

/** Builds the program that reads executables with Go's debug/pe, for this machine. */
export function buildWitness(folder: string): string {
  mkdirSync(folder, { recursive: true })
  const output = join(folder, 'witness')
  go(['build', '-buildvcs=false', '-o', output, '.'], join(fixtures, 'witness'), { CGO_ENABLED: '0' })
  return output
}

export function go(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  return execFileSync('go', [...args], { cwd, env: { ...process.env, ...env }, encoding: 'utf8', maxBuffer: 1 << 28 })
}
