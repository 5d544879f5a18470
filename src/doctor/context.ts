import { existsSync, statfsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { loadConfig } from '../config/load.ts'
import { GopackError } from '../errors/gopack-error.ts'
import { onPath } from '../go/environment.ts'
import type { ProvisionListener } from '../go/provision/types.ts'
import { parseTargets } from '../go/targets.ts'
import { chooseGo } from '../project/choose-go.ts'
import { readGitState } from '../project/git.ts'
import { appsOf } from '../project/apps.ts'
import { moduleFolderOf } from '../project/module.ts'
import type { BuildRequest } from '../project/request.ts'
import { readGoSettings } from './go-settings.ts'
import type { DoctorContext, Outcome } from './types.ts'

export interface ContextOptions {
  readonly signal?: AbortSignal | undefined
  /** Fetch Go where a build would. */
  readonly fix?: boolean
  /** Told while Go is fetched. */
  readonly listener?: ProvisionListener | undefined
}

/** Looks up, side by side, what several checks need. Only reads, unless it shall fetch Go. */
export async function openContext(request: BuildRequest, { signal, fix = false, listener }: ContextOptions): Promise<DoctorContext> {
  const cwd = resolve(request.cwd)
  const environment = process.env
  const config = await outcome(() => loadConfig(cwd, request.configFile))
  const folder = config.value?.file === undefined ? cwd : config.value.folder
  const moduleFolder = await outcome(() => moduleFolderOf(folder))
  const wish = { cwd: folder, moduleFolder: moduleFolder.value ?? folder, config: config.value?.config ?? {} }
  const choosing = outcome(() => chooseGo({ ...wish, signal, listener, mayFetch: fix }))
  const [chosen, git, goSettings, supported] = await Promise.all([
    choosing,
    outcome(() => readGitState(folder, signal)),
    choosing.then(({ value }) => readGoSettings(folder, environment, signal, value?.go.place ?? onPath)),
    choosing.then((result) => (result.value === undefined ? result : outcome(() => result.value.supported))),
  ])
  const go = chosen.value === undefined ? chosen : { value: chosen.value.go }
  const apps = await outcome(() => appsOf(config.value?.config ?? {}, { ...request, cwd }, folder))
  const wanted = apps.value?.flatMap((app) => app.config.targets ?? ['windows/amd64']) ?? ['windows/amd64']
  const targets =
    supported.value === undefined ? supported : await outcome(() => parseTargets(wanted, supported.value, go.value?.version ?? 'Go'))
  return {
    request: { ...request, cwd },
    signal,
    environment,
    now: Date.now(),
    freeSpace,
    fix,
    config,
    moduleFolder,
    go,
    goSettings,
    git,
    targets,
  }
}

async function outcome<T>(read: () => Promise<T> | T): Promise<Outcome<T>> {
  try {
    return { value: await read() }
  } catch (error) {
    if (error instanceof GopackError) return { error }
    throw error
  }
}

/** The nearest folder at or above a path that is there. */
export function existingFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : existingFolder(dirname(path))
}

async function freeSpace(path: string): Promise<number> {
  const { bavail, bsize } = statfsSync(existingFolder(path))
  return bavail * bsize
}
