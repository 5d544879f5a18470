import type { Config } from '../../config/schema/index.ts'
import { expandTemplate, type TemplateValues } from '../../config/templates.ts'
import { targetEnvironment, type Target } from '../../go/targets.ts'
import type { Settable } from '../../project/declarations.ts'
import { cgoSetting, type CgoChoice } from '../../project/cgo.ts'
import type { Program } from '../../project/programs.ts'
import { linkAssignments, quoteFlag, type LinkAssignment } from './ldflags.ts'
import type { CompilePlan } from './types.ts'

export interface CompilePlanRequest {
  readonly config: Config['go']
  readonly program: Program
  readonly target: Target
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly hostEnvironment: NodeJS.ProcessEnv
  readonly workspace: string
  readonly cgo: CgoChoice
  readonly values: TemplateValues
  /** Which of main.version, main.commit, main.date may be filled: only where the version has authority. */
  readonly fill: ReadonlyMap<string, Settable>
  /** How each -X of the user's was judged from its declaration. */
  readonly judged: ReadonlyMap<string, Settable>
  /** False where git is missing: the go command would fail on a repository it cannot read. */
  readonly stamp: boolean
  /** Seconds since 1970. */
  readonly time: number
}

/** Plans one `go build`. Pure. */
export function planCompile(request: CompilePlanRequest): CompilePlan {
  const { config = {}, program, target } = request
  const { cgo } = request
  const userFlags = (config.ldflags ?? []).map((flag) => expandTemplate(flag, request.values, request.hostEnvironment))
  const userNames = linkAssignments(userFlags)
  const ldflags = [...ownFlags(request, userNames), ...userFlags].join(' ')
  const args = [
    'build',
    // Always said: a machine's own GOFLAGS may switch the commit stamp off.
    `-buildvcs=${request.stamp}`,
    '-trimpath',
    ...(config.rebuild === true ? ['-a'] : []),
    ...(config.tags === undefined || config.tags.length === 0 ? [] : [`-tags=${config.tags.join(',')}`]),
    ...(ldflags === '' ? [] : [`-ldflags=${ldflags}`]),
    ...(config.flags ?? []),
    packageArgument(program),
  ]
  const userEnvironment = Object.fromEntries(
    Object.entries(config.env ?? {}).map(([name, value]) => [name, expandTemplate(value, request.values, request.hostEnvironment)]),
  )
  const env = {
    ...request.environment,
    ...targetEnvironment(target),
    GOWORK: request.workspace,
    CGO_ENABLED: cgo.on ? '1' : '0',
    // GNU ld stamps the wall clock into the PE header unless it is told a time; C's __DATE__ follows it too.
    ...(cgo.on ? { SOURCE_DATE_EPOCH: String(request.time) } : {}),
    ...(cgo.compiler === undefined ? {} : { CC: cgo.compiler.cc }),
    ...(cgo.compiler?.cxx === undefined ? {} : { CXX: cgo.compiler.cxx }),
    ...userEnvironment,
  }
  return {
    step: 'compile',
    importPath: program.importPath,
    command: { file: 'go', args, env, cwd: program.moduleFolder },
    outputName: executableName(program.name, target),
    checkAfterwards: userNames.filter((assignment) => request.judged.get(assignmentName(assignment)) === 'unknown'),
    cgo: cgo.on,
    ...(cgoSetting(config.cgo) === 'off' ? {} : { cgoPackages: cgo.packages }),
  }
}

export const assignmentName = (assignment: LinkAssignment): string => `${assignment.package}.${assignment.name}`

export const executableName = (name: string, target: Target): string => (target.os === 'windows' ? `${name}.exe` : name)

/** `./cmd/x`: the compiler then names files relative to the module, and sibling files and .syso are taken along. */
function packageArgument({ folder, moduleFolder }: Program): string {
  return folder === moduleFolder ? '.' : `./${folder.slice(moduleFolder.length + 1).replaceAll('\\', '/')}`
}

function ownFlags({ config = {}, target, values, fill, cgo }: CompilePlanRequest, userNames: readonly LinkAssignment[]): string[] {
  const taken = new Set(userNames.map(assignmentName))
  const assign = Object.entries({ version: values.version, commit: values.commit, date: values.date })
    .filter(([name, value]) => value !== '' && fill.get(name) === 'yes' && !taken.has(`main.${name}`))
    .flatMap(([name, value]) => ['-X', quoteFlag(`main.${name}=${value}`)])
  return [
    ...(config.debug === true ? [] : ['-s', '-w']),
    ...(config.gui === true && target.os === 'windows' ? ['-H=windowsgui'] : []),
    // The C libraries go into the program: a clean Windows has none of the compiler's DLLs.
    ...(cgo.on && target.os === 'windows' ? ['-extldflags=-static'] : []),
    ...assign,
  ]
}
