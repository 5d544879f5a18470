import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { targetEnvironment, type Target } from '../go/targets.ts'
import type { LinkAssignment } from '../build/compile/ldflags.ts'
import { packageVariables, type Settable } from './declarations.ts'
import { listPackages, type GoPackage } from './packages.ts'
import type { Program } from './programs.ts'

export interface LinkNameRequest {
  readonly assignments: readonly LinkAssignment[]
  readonly program: Program
  readonly target: Target
  readonly tags: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal | undefined
}

/** One -X of the user's, judged from the declarations this target compiles. */
export interface JudgedName {
  readonly assignment: LinkAssignment
  readonly settable: Settable
  /** The string variables the package does have. */
  readonly candidates: readonly string[]
}

/** Looks each -X up in the sources that this target compiles. */
export async function judgeLinkNames(request: LinkNameRequest): Promise<JudgedName[]> {
  const paths = [...new Set(request.assignments.map((assignment) => assignment.package))]
  if (paths.length === 0) return []
  const environment = { ...request.environment, ...targetEnvironment(request.target) }
  // The linker calls the main package "main", whatever its import path.
  const patterns = paths.map((path) => (path === 'main' ? request.program.importPath : path))
  const packages = await listPackages({ patterns, tags: request.tags, environment, cwd: request.program.moduleFolder }, request.signal)
  return request.assignments.map((assignment) => {
    const path = assignment.package === 'main' ? request.program.importPath : assignment.package
    return judge(
      assignment,
      packages.find(({ ImportPath }) => ImportPath === path),
    )
  })
}

function judge(assignment: LinkAssignment, entry: GoPackage | undefined): JudgedName {
  if (entry === undefined || (entry.Error !== undefined && (entry.GoFiles ?? []).length === 0))
    return { assignment, settable: 'no', candidates: [] }
  const variables = packageVariables(sourcesOf(entry))
  const candidates = [...variables].filter(([, settable]) => settable === 'yes').map(([name]) => name)
  const settable = entry.Name === 'main' && assignment.package !== 'main' ? 'no' : (variables.get(assignment.name) ?? 'no')
  return { assignment, settable, candidates }
}

const sourcesOf = (entry: GoPackage): string[] =>
  [...(entry.GoFiles ?? []), ...(entry.CgoFiles ?? [])].map((file) => readFileSync(join(entry.Dir, file), 'utf8'))
