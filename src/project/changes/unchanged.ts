import { realpathSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { isAbsolute, relative } from 'node:path'
import { configError } from '../../errors/config.ts'
import { projectError } from '../../errors/project.ts'
import { runPool } from '../../host/pool.ts'
import type { SurveyContext, SurveyedProgram } from '../program-survey.ts'
import type { BuildRequest } from '../request.ts'
import { changedPaths, trackedPaths } from './changed-paths.ts'
import { inputsOf } from './inputs-of.ts'
import { leftAsItIs } from './left.ts'
import { isWatched } from './watched.ts'

/**
 * The programs that need not be built again, each with the tag since which nothing it is made from has changed.
 * A program without a tag, with a tag of its own on this commit, beside hooks that do not say what they read, or made from files git
 * ignores counts as changed; so does one of which the output folder holds anything but its last release.
 * @throws USAGE without git, SHALLOW_CLONE, GIT_FAILED, GO_FAILED
 */
export async function unchangedPrograms(
  programs: readonly SurveyedProgram[],
  context: SurveyContext,
): Promise<ReadonlyMap<string, string>> {
  const { git, inputs, signal } = context
  if (!git.present)
    throw configError('USAGE', { message: '--changed needs a git repository with a commit: it builds what changed since the last tag.' })
  if (git.shallow)
    throw projectError('SHALLOW_CLONE', { message: 'This is a shallow clone: what changed since the last tag cannot be told.' })
  const hooks = [...(inputs.config.hooks?.before ?? []), ...(inputs.config.hooks?.after ?? [])]
  if (hooks.some((hook) => Array.isArray(hook) || hook.inputs === undefined) || asksForAnother(context.request)) return new Map()
  const top = realpathSync(git.top)
  const paths = new Map<string, Promise<string[]>>()
  const since = (tag: string): Promise<string[]> => {
    const known = paths.get(tag) ?? changedPaths(top, tag, signal)
    paths.set(tag, known)
    return known
  }
  const tracked = new Set(await trackedPaths(top, signal))
  const isLeft = await leftAsItIs(inputs.out)
  const jobs = programs.map((surveyed) => async (): Promise<[string, string][]> => {
    const { base, program } = surveyed
    if (base === undefined) return []
    const [changed, { watched, sources }] = await Promise.all([since(base.tag), inputsOf(surveyed, { ...context, git: { ...git, top } })])
    if (changed.some((path) => isWatched(path, watched)) || sources.some((path) => isIgnored(path, top, tracked))) return []
    return (await isLeft(surveyed)) ? [[program.name, base.tag]] : []
  })
  return new Map((await runPool(jobs, availableParallelism())).flat())
}

/** In the repository and unknown to git: no tag tells what it held. */
function isIgnored(path: string, top: string, tracked: ReadonlySet<string>): boolean {
  const inside = relative(top, path).replaceAll('\\', '/')
  return !inside.startsWith('../') && !isAbsolute(inside) && !tracked.has(inside)
}

/** Wishes that make another result than the releases were. */
function asksForAnother({ setVersion, snapshot, timestamp, engine, tags = [], ldflags = [] }: BuildRequest): boolean {
  return (
    setVersion !== undefined || snapshot === true || timestamp !== undefined || engine !== undefined || tags.length + ldflags.length > 0
  )
}
