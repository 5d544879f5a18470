import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeZip } from './make-zip.ts'

const fixtures = fileURLToPath(new URL('../../fixtures/inspect/', import.meta.url))

export interface Build {
  readonly os?: string
  readonly arch?: string
  readonly ldflags?: string
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** A copy of the fixture program in a git repository of its own, ready to be built for anything without a network. */
export function prepareProgram(folder: string): { readonly source: string; build(name: string, build: Build): string } {
  const source = join(folder, 'program')
  cpSync(join(fixtures, 'program'), source, { recursive: true })
  const env = {
    ...process.env,
    GOFLAGS: '-modcacherw',
    GOTOOLCHAIN: 'local',
    GOPROXY: `file://${makeProxy(folder)}`,
    GONOSUMDB: '*',
    GOMODCACHE: join(folder, 'modules'),
    GIT_CONFIG_GLOBAL: '/dev/null',
  }
  execFileSync('go', ['mod', 'tidy'], { cwd: source, env, stdio: ['ignore', 'ignore', 'pipe'] })
  commit(source, env)
  return {
    source,
    build(name, { os = 'windows', arch = 'amd64', ldflags = '-s -w', flags = [], env: more = {} }) {
      const output = join(folder, name)
      const target = { ...env, CGO_ENABLED: '0', GOOS: os, GOARCH: arch, ...more }
      execFileSync('go', ['build', '-buildvcs=true', '-o', output, `-ldflags=${ldflags}`, ...flags, '.'], {
        cwd: source,
        env: target,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      return output
    },
  }
}

/** A program that the C compiler's linker puts together: other sections, other imports, symbols behind the sections. */
export function buildCgo(output: string, ldflags = ''): string {
  const env = { ...process.env, GOFLAGS: '', GOOS: 'windows', GOARCH: 'amd64', CGO_ENABLED: '1', CC: 'x86_64-w64-mingw32-gcc' }
  execFileSync('go', ['build', '-buildvcs=false', '-o', output, `-ldflags=${ldflags}`, '.'], {
    cwd: join(fixtures, 'cgo'),
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return output
}

/** Compiles the fixture's resources beside the program's source, where the Go linker takes them up. */
export function addResources(source: string, icons: { readonly app: Buffer; readonly small: Buffer }): void {
  const folder = join(source, '..', 'resources')
  cpSync(join(fixtures, 'resources'), folder, { recursive: true })
  writeFileSync(join(folder, 'app.ico'), icons.app)
  writeFileSync(join(folder, 'small.ico'), icons.small)
  execFileSync('x86_64-w64-mingw32-windres', ['-i', 'app.rc', '-o', join(source, 'app_windows_amd64.syso'), '-O', 'coff'], { cwd: folder })
}

export function manifestText(): string {
  return readFileSync(join(fixtures, 'resources/app.manifest'), 'utf8')
}

function commit(cwd: string, env: NodeJS.ProcessEnv): void {
  const date = '2026-11-21T15:30:00Z'
  const identity = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd,
      env: { ...env, ...identity },
      stdio: 'ignore',
    })
  git('init', '-q', '-b', 'main')
  git('add', '.')
  git('commit', '-q', '-m', 'Start')
  git('tag', 'v1.4.2')
}

/** A module proxy in a folder, with the one dependency. */
function makeProxy(folder: string): string {
  const versions = join(folder, 'proxy/example.com/greet/@v')
  mkdirSync(versions, { recursive: true })
  const file = (name: string): Buffer => readFileSync(join(fixtures, 'greet', name))
  writeFileSync(join(versions, 'list'), 'v1.2.3\n')
  writeFileSync(join(versions, 'v1.2.3.info'), '{"Version":"v1.2.3","Time":"2026-01-01T00:00:00Z"}')
  writeFileSync(join(versions, 'v1.2.3.mod'), file('go.mod'))
  const members = ['go.mod', 'greet.go'].map((name) => ({ name: `example.com/greet@v1.2.3/${name}`, data: file(name) }))
  writeFileSync(join(versions, 'v1.2.3.zip'), makeZip(members))
  return join(folder, 'proxy')
}
