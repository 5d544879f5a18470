import { existsSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { projectError } from '../errors/project.ts'
import { run } from '../host/exec.ts'
import { lines } from '../host/lines.ts'
import { markAddressSecrets } from '../host/mask.ts'
import { goAnswer, isSettings } from './go-answer.ts'

/** Where the go command is: on PATH, or in gopack's cache. */
export interface GoPlace {
  /** True for one gopack has fetched. */
  readonly fetched: boolean
  /** Added to the environment of everything that shall find this Go; empty for the one on PATH. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

export const onPath: GoPlace = { fetched: false, environment: {} }

/** The Go that is used and what of the user's Go environment is carried into every call. */
export interface GoToolchain {
  /** `go1.26.8` */
  readonly version: string
  readonly place: GoPlace
  readonly root: string
  readonly moduleFile: string | undefined
  readonly workspaceFile: string | undefined
  readonly buildCache: string
  readonly moduleCache: string
  readonly hostOs: string
  readonly hostArch: string
  /** Environment for every `go` process: the user's access settings, everything else fixed. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** What would change or break the answer without being part of the question. */
const questionEnvironment = { GOTOOLCHAIN: 'local', GOFLAGS: '', GOOS: undefined, GOARCH: undefined, GOEXPERIMENT: undefined }

/** Settings that say where modules come from: a matter of the user's network, not of the result. */
export const accessVariables = [
  'GOPROXY',
  'GOPRIVATE',
  'GONOPROXY',
  'GONOSUMDB',
  'GOSUMDB',
  'GOINSECURE',
  'GOVCS',
  'GOAUTH',
  'GOMODCACHE',
  'GOCACHE',
  'GOPATH',
] as const

/** Named one by one: asked for everything, the go command starts the C compiler to find its flags. */
const asked = ['GOVERSION', 'GOROOT', 'GOMOD', 'GOWORK', 'GOHOSTOS', 'GOHOSTARCH', ...accessVariables]

/**
 * Asks `go env` once, with the user's own environment.
 * @throws GO_MISSING, GO_FAILED
 */
export async function findGo(cwd: string, signal?: AbortSignal, place: GoPlace = onPath): Promise<GoToolchain> {
  const env = { ...questionEnvironment, ...place.environment }
  const result = await run({ file: 'go', args: ['env', '-json', ...asked], env, cwd }, { signal })
  if (result.missing) throw projectError('GO_MISSING', { message: 'The go command was not found on PATH.' })
  if (result.exitCode !== 0) throw projectError('GO_FAILED', { message: '`go env` failed.', output: lines(result.stderr) })
  const values = goAnswer('go env -json', result, isAnswer, place.environment['PATH'])
  markAddressSecrets(values['GOPROXY'] ?? '')
  const get = (name: string): string | undefined =>
    values[name] === '' || values[name] === '/dev/null' || values[name] === 'NUL' ? undefined : values[name]
  return {
    version: values['GOVERSION'] ?? '',
    place,
    root: values['GOROOT'] ?? '',
    moduleFile: get('GOMOD'),
    workspaceFile: get('GOWORK') === 'off' ? undefined : get('GOWORK'),
    buildCache: values['GOCACHE'] ?? '',
    moduleCache: values['GOMODCACHE'] ?? '',
    hostOs: values['GOHOSTOS'] ?? '',
    hostArch: values['GOHOSTARCH'] ?? '',
    environment: { ...fixedEnvironment(values), ...place.environment },
  }
}

/** Every Go answers with the names it was asked for; before 1.16 some are empty. */
const isAnswer = (value: unknown): value is Record<string, string> => isSettings(value) && 'GOVERSION' in value

/** Where Go is, and how much of the machine it may take: no matter of the result either. */
const keptVariables: ReadonlySet<string> = new Set(['GOROOT', 'GOMAXPROCS', 'GOMEMLIMIT', 'GOGC'])

function fixedEnvironment(values: Record<string, string>): Record<string, string | undefined> {
  const removed = Object.keys(process.env).filter((name) => /^(GO[A-Z0-9]*|CGO_.*)$/.test(name) && !keptVariables.has(name))
  return {
    ...Object.fromEntries(removed.map((name) => [name, undefined])),
    ...Object.fromEntries(accessVariables.map((name) => [name, values[name]])),
    // Settings made with `go env -w` would come back through this file wherever a variable is empty.
    GOENV: 'off',
    GOFLAGS: '',
    GOTOOLCHAIN: 'local',
    // Garbage collection takes a quarter of the compiler's time at the default of 100; this costs 60 MB a process.
    GOGC: process.env['GOGC'] ?? '400',
    LC_ALL: 'C.UTF-8',
  }
}

/**
 * GOWORK as it shall be: a go.work found inside the repository counts, one further up is an accident of the machine.
 * @param repository top level of the repository; undefined without one
 */
export function workspaceSetting(go: GoToolchain, repository: string | undefined): string {
  const file = go.workspaceFile
  if (file === undefined) return 'off'
  if (repository === undefined) return file
  // The go command names the path as it was come by, through links or not.
  const way = relative(realpathSync(repository), realpathSync(dirname(file)))
  return way.split(/[\\/]/)[0] === '..' || isAbsolute(way) ? 'off' : file
}

/** True where dependencies are taken from vendor/. */
export function isVendored(moduleFolder: string): boolean {
  return existsSync(join(moduleFolder, 'vendor', 'modules.txt'))
}
