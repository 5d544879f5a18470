import { existsSync, statfsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { loadConfig } from '../config/load.ts'
import { GopackError } from '../errors/gopack-error.ts'
import { findGo } from '../go/environment.ts'
import { parseTargets, supportedTargets } from '../go/targets.ts'
import { readGitState } from '../project/git.ts'
import { moduleFolderOf } from '../project/module.ts'
import type { BuildRequest } from '../project/request.ts'
import { readGoSettings } from './go-settings.ts'
import type { DoctorContext, Outcome } from './types.ts'

/** Looks up, side by side, what several checks need. Only reads. */
export async function openContext(request: BuildRequest, signal: AbortSignal | undefined): Promise<DoctorContext> {
  const cwd = resolve(request.cwd)
  const environment = process.env
  const config = await outcome(() => loadConfig(cwd, request.configFile))
  const folder = config.value?.file === undefined ? cwd : config.value.folder
  const [moduleFolder, go, goSettings, git, supported] = await Promise.all([
    outcome(() => moduleFolderOf(folder)),
    outcome(() => findGo(folder, signal)),
    readGoSettings(folder, environment, signal),
    outcome(() => readGitState(folder, signal)),
    outcome(() => supportedTargets(folder, signal)),
  ])
  const wanted = request.targets ?? config.value?.config.targets ?? ['windows/amd64']
  const targets =
    supported.value === undefined ? supported : await outcome(() => parseTargets(wanted, supported.value, go.value?.version ?? 'Go'))
  return {
    request: { ...request, cwd },
    signal,
    environment,
    now: Date.now(),
    freeSpace,
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
