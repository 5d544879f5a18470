import { realpathSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { configError } from '../../errors/config.ts'
import { projectError } from '../../errors/project.ts'
import { runPool } from '../../host/pool.ts'
import type { SurveyContext, SurveyedProgram } from '../program-survey.ts'
import { changedPaths } from './changed-paths.ts'
import { inputsOf } from './inputs-of.ts'
import { isWatched } from './watched.ts'

/**
 * The programs that need not be built again, each with the tag since which nothing it is made from has changed.
 * A program without a tag, or beside hooks that do not say what they read, counts as changed.
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
  if (hooks.some((hook) => Array.isArray(hook) || hook.inputs === undefined)) return new Map()
  const top = realpathSync(git.top)
  const paths = new Map<string, Promise<string[]>>()
  const since = (tag: string): Promise<string[]> => {
    const known = paths.get(tag) ?? changedPaths(top, tag, signal)
    paths.set(tag, known)
    return known
  }
  const jobs = programs.map((surveyed) => async (): Promise<[string, string][]> => {
    if (surveyed.baseTag === undefined) return []
    const [changed, watched] = await Promise.all([since(surveyed.baseTag), inputsOf(surveyed, { ...context, git: { ...git, top } })])
    return changed.some((path) => isWatched(path, watched)) ? [] : [[surveyed.program.name, surveyed.baseTag]]
  })
  return new Map((await runPool(jobs, availableParallelism())).flat())
}
