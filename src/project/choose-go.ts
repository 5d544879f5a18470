import { delimiter, dirname } from 'node:path'
import { cacheFolder } from '../cache/folder.ts'
import type { Config } from '../config/schema/index.ts'
import { GopackError } from '../errors/gopack-error.ts'
import { projectError } from '../errors/project.ts'
import { findProgram } from '../host/find-program.ts'
import { goVersionTrouble } from './go-check.ts'
import { goLine, toolchainLine } from './module.ts'
import { findGo, onPath, type GoPlace, type GoToolchain } from '../go/environment.ts'
import { keptGo } from '../go/provision/kept.ts'
import type { ProvisionListener } from '../go/provision/types.ts'
import type { GoWish } from '../go/provision/wanted.ts'
import { supportedTargets, type SupportedTarget } from '../go/targets.ts'

export interface ChooseRequest {
  /** Where the go command is asked. */
  readonly cwd: string
  /** Folder of the go.mod (or go.work) whose lines count. */
  readonly moduleFolder: string
  readonly config: Config
  readonly signal?: AbortSignal | undefined
  /** Told while Go is fetched. */
  readonly listener?: ProvisionListener | undefined
  /** False: only what is on this machine already is used. */
  readonly mayFetch?: boolean
}

export interface ChosenGo {
  readonly go: GoToolchain
  /** What it can build for; asked at the same time. */
  readonly supported: Promise<readonly SupportedTarget[]>
}

/**
 * The Go to build with: the one on PATH where it will do, else one from gopack's cache, else one that is fetched.
 * @throws GO_MISSING, GO_TOO_OLD, GO_FAILED, and what fetching throws
 */
export async function chooseGo(request: ChooseRequest): Promise<ChosenGo> {
  const { cwd, config, moduleFolder, signal } = request
  const present = findProgram('go')
  if (present === undefined) {
    const missing = projectError('GO_MISSING', { message: 'The go command was not found on PATH.' })
    return atPlace(await fetchedPlace(request, missing), cwd, signal)
  }
  const chosen = atPlace(onPath, cwd, signal)
  const { go, supported } = await chosen
  const trouble = goVersionTrouble(go.version, config, moduleFolder)
  if (trouble === undefined) return { go, supported }
  return atPlace(await fetchedPlace(request, trouble, { file: present, version: go.version }), cwd, signal)
}

async function atPlace(place: GoPlace, cwd: string, signal: AbortSignal | undefined): Promise<ChosenGo> {
  const supported = supportedTargets(cwd, signal, place)
  // Whoever waits for it is told; until then it is nobody's.
  supported.catch(() => undefined)
  return { go: await findGo(cwd, signal, place), supported }
}

/** What asks for a Go here: the configuration, and the lines of go.mod. */
export const goWish = (config: Config, moduleFolder: string): GoWish => ({
  configured: config.go?.version,
  goLine: goLine(moduleFolder),
  toolchainLine: toolchainLine(moduleFolder),
})

/** @throws what is wrong with the Go on PATH, where no other may be had */
async function fetchedPlace(request: ChooseRequest, trouble: GopackError, present?: { file: string; version: string }): Promise<GoPlace> {
  const { config, moduleFolder, signal, listener, mayFetch = true } = request
  if (config.go?.provision === 'never') throw trouble
  const wish = goWish(config, moduleFolder)
  const asked = { wish, cache: cacheFolder(), environment: process.env }
  const kept = await keptGo(asked)
  if (kept !== undefined) return placeOf(kept.file)
  if (!mayFetch) throw trouble
  const { provideGo } = await import('../go/provision/provide.ts')
  try {
    return placeOf((await provideGo({ ...asked, present, signal, ...(listener === undefined ? {} : { listener }) })).file)
  } catch (error) {
    if (!(error instanceof GopackError) || present === undefined || !impossible.has(error.code)) throw error
    throw projectError('GO_TOO_OLD', {
      message: `${trouble.message} ${error.message}`,
      hint: `${trouble.hint} Or let gopack fetch it: ${error.hint}`,
      output: error.output,
      cause: error,
    })
  }
}

/** Reasons for which another Go cannot be had, so that the one on PATH is the trouble. */
const impossible: ReadonlySet<string> = new Set(['GO_UNREACHABLE', 'GO_NOT_OFFERED', 'GO_UNVERIFIED'])

/** A fetched Go comes first on PATH, for the hooks too, and a GOROOT of the user's does not lead it astray. */
function placeOf(file: string): GoPlace {
  const name = Object.keys(process.env).find((variable) => variable.toUpperCase() === 'PATH') ?? 'PATH'
  return { fetched: true, environment: { [name]: [dirname(file), process.env[name] ?? ''].join(delimiter), GOROOT: undefined } }
}
