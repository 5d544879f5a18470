import { didYouMean } from '../config/nearest.ts'
import { projectError } from '../errors/project.ts'
import { run } from '../host/exec.ts'
import { lines } from '../host/lines.ts'
import { onPath, type GoPlace } from './environment.ts'
import { goAnswer, isObject } from './go-answer.ts'

export interface Target {
  readonly os: string
  readonly arch: string
  /** GOAMD64, GO386, GOARM64, …; absent: the architecture's own default. */
  readonly variant?: string
}

/** One line of `go tool dist list -json`. */
export interface SupportedTarget {
  readonly GOOS: string
  readonly GOARCH: string
  readonly CgoSupported: boolean
  readonly FirstClass: boolean
}

/** The variable that chooses a variant, what it may be, and the default that is fixed whatever the user's environment says. */
const variants: Readonly<Record<string, { variable: string; values: readonly string[]; default: string }>> = {
  amd64: { variable: 'GOAMD64', values: ['v1', 'v2', 'v3', 'v4'], default: 'v1' },
  '386': { variable: 'GO386', values: ['sse2', 'softfloat'], default: 'sse2' },
  arm64: {
    variable: 'GOARM64',
    values: [
      'v8.0',
      'v8.1',
      'v8.2',
      'v8.3',
      'v8.4',
      'v8.5',
      'v8.6',
      'v8.7',
      'v8.8',
      'v8.9',
      'v9.0',
      'v9.1',
      'v9.2',
      'v9.3',
      'v9.4',
      'v9.5',
    ],
    default: 'v8.0',
  },
  arm: { variable: 'GOARM', values: ['5', '6', '7'], default: '7' },
}

/** @throws GO_FAILED */
export async function supportedTargets(cwd: string, signal?: AbortSignal, place: GoPlace = onPath): Promise<readonly SupportedTarget[]> {
  const result = await run(
    {
      file: 'go',
      args: ['tool', 'dist', 'list', '-json'],
      env: { GOENV: 'off', GOFLAGS: '', GOTOOLCHAIN: 'local', GOEXPERIMENT: undefined, ...place.environment },
      cwd,
    },
    { signal },
  )
  if (result.missing) throw projectError('GO_MISSING', { message: 'The go command was not found on PATH.' })
  if (result.exitCode !== 0) throw projectError('GO_FAILED', { message: '`go tool dist list` failed.', output: lines(result.stderr) })
  return goAnswer('go tool dist list -json', result, isTargetList, place.environment['PATH'])
}

function isTargetList(value: unknown): value is SupportedTarget[] {
  return (
    Array.isArray(value) &&
    value.every((entry) => isObject(entry) && typeof entry['GOOS'] === 'string' && typeof entry['GOARCH'] === 'string')
  )
}

/**
 * Reads targets as users write them: `windows/amd64`, `windows/amd64/v3`, comma lists, a bare `windows`, `all`.
 * The order is the user's; the same target twice counts once.
 * @throws TARGET_UNKNOWN naming the nearest valid one, TARGET_VARIANT
 */
export function parseTargets(texts: readonly string[], supported: readonly SupportedTarget[], goVersion: string): Target[] {
  const found = new Map<string, Target>()
  for (const text of texts.flatMap((entry) => entry.split(',')).map((entry) => entry.trim())) {
    for (const target of expand(text, supported, goVersion)) found.set(targetName(target), target)
  }
  return [...found.values()]
}

/** The targets as far as they are written out, OS/ARCH[/VARIANT]; undefined where only the list of supported ones can tell. Not checked. */
export function writtenTargets(texts: readonly string[]): Target[] | undefined {
  const parts = texts.flatMap((entry) => entry.split(',')).map((entry) => entry.trim().split('/'))
  if (!parts.every(({ length }) => length === 2 || length === 3)) return undefined
  return parts.map(([os = '', arch = '', variant]) => ({ os, arch, ...(variant === undefined ? {} : { variant }) }))
}

function expand(text: string, supported: readonly SupportedTarget[], goVersion: string): Target[] {
  if (text === '')
    throw projectError('TARGET_UNKNOWN', {
      message: 'There is an empty target.',
      hint: 'Use OS/ARCH such as windows/amd64, with single commas between.',
    })
  const valid = supported.map(({ GOOS, GOARCH }) => `${GOOS}/${GOARCH}`)
  if (text === 'all') {
    const offered = supported.filter(({ GOOS, FirstClass }) => GOOS === 'windows' || (FirstClass && ['linux', 'darwin'].includes(GOOS)))
    return offered.map(({ GOOS, GOARCH }) => ({ os: GOOS, arch: GOARCH }))
  }
  const [os = '', arch, variant, ...rest] = text.split('/')
  if (arch === undefined) {
    const all = supported.filter(({ GOOS }) => GOOS === os)
    if (all.length > 0) return all.map(({ GOOS, GOARCH }) => ({ os: GOOS, arch: GOARCH }))
  }
  if (rest.length > 0 || !valid.includes(`${os}/${arch}`)) {
    const candidates = arch === undefined ? [...new Set(supported.map(({ GOOS }) => GOOS)), 'all', ...valid] : valid
    const suggestion =
      didYouMean(rest.length > 0 || arch === undefined ? text : `${os}/${arch}`, candidates) ||
      ` For ${os === 'windows' ? 'Windows' : 'it'} there are ${listFor(os, supported)}.`
    throw projectError('TARGET_UNKNOWN', { message: `${goVersion} cannot build for "${text}".${suggestion}` })
  }
  if (variant === undefined) return [{ os, arch: arch! }]
  const known = variants[arch!]
  if (known === undefined || !known.values.includes(variant)) {
    const choice = known === undefined ? `${arch} has no variants` : `${arch} has ${known.values.join(', ')}`
    throw projectError('TARGET_VARIANT', { message: `"${text}": ${choice}.${didYouMean(variant, known?.values ?? [])}` })
  }
  return [{ os, arch: arch!, variant }]
}

function listFor(os: string, supported: readonly SupportedTarget[]): string {
  const same = supported.filter(({ GOOS }) => GOOS === os)
  const list = same.length > 0 ? same : supported.filter(({ GOOS }) => GOOS === 'windows')
  return list.map(({ GOOS, GOARCH }) => `${GOOS}/${GOARCH}`).join(', ')
}

/** `windows/amd64` or `windows/amd64/v3` */
export const targetName = (target: Target): string =>
  [target.os, target.arch, target.variant].filter((part) => part !== undefined).join('/')

/** `windows_amd64` or `windows_amd64_v3`, as folders and archives are called. */
export const targetFolder = (target: Target): string => targetName(target).replaceAll('/', '_')

/** GOOS, GOARCH and the variant's variable; the default is written down too, so that the machine cannot choose. */
export function targetEnvironment(target: Target): Record<string, string> {
  const variant = variants[target.arch]
  return {
    GOOS: target.os,
    GOARCH: target.arch,
    ...(variant === undefined ? {} : { [variant.variable]: target.variant ?? variant.default }),
  }
}
