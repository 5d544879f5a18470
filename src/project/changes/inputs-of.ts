import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { targetEnvironment, type Target } from '../../go/targets.ts'
import { run } from '../../host/exec.ts'
import { projectError } from '../../errors/project.ts'
import { lines } from '../../host/lines.ts'
import { parseJsonStream } from '../packages.ts'
import type { SurveyContext, SurveyedProgram } from '../program-survey.ts'
import { watch, type Watched, type Watching } from './watched.ts'

/** What a program is made from. */
export interface ProgramInputs {
  readonly watched: Watched
  /** Every file that is compiled or embedded, absolute. */
  readonly sources: readonly string[]
}

/**
 * What a program is made from: the packages of the repository it is compiled from over all its targets and what they embed,
 * go.mod, go.sum and go.work, the configuration, resources and the files beside it.
 * @throws GO_FAILED
 */
export async function inputsOf(surveyed: SurveyedProgram, context: SurveyContext): Promise<ProgramInputs> {
  const { inputs, workspace, git } = context
  const watching = watch(git.top!)
  const sources = new Set<string>()
  const packages = (await Promise.all(surveyed.targets.map((target) => packagesOf(surveyed, target, context)))).flat()
  for (const entry of packages) {
    watchPackage(entry, watching)
    for (const file of filesOf(entry)) sources.add(join(real(entry.Dir), file))
  }
  if (workspace !== 'off') for (const path of [workspace, `${workspace}.sum`]) watching.file(real(path))
  if (inputs.loaded.file !== undefined) watching.file(real(inputs.loaded.file))
  watchResources(surveyed, inputs.folder, watching)
  watchFiles(surveyed, context, watching)
  for (const hook of [...(inputs.config.hooks?.before ?? []), ...(inputs.config.hooks?.after ?? [])]) {
    for (const input of Array.isArray(hook) ? [] : (hook.inputs ?? [])) watching.pattern(real(inputs.folder), input)
  }
  return { watched: watching, sources: [...sources] }
}

interface ListedPackage {
  readonly Dir: string
  readonly Standard?: boolean
  readonly EmbedPatterns?: readonly string[]
  readonly EmbedFiles?: readonly string[]
  readonly GoFiles?: readonly string[]
  readonly CgoFiles?: readonly string[]
  readonly CFiles?: readonly string[]
  readonly CXXFiles?: readonly string[]
  readonly HFiles?: readonly string[]
  readonly SFiles?: readonly string[]
  readonly SysoFiles?: readonly string[]
  readonly Module?: { readonly GoMod?: string }
}

async function packagesOf({ program, app, cgo }: SurveyedProgram, target: Target, context: SurveyContext): Promise<ListedPackage[]> {
  const { go, workspace, signal } = context
  const tags = app.config.go?.tags ?? []
  const given = tags.length === 0 ? [] : [`-tags=${tags.join(',')}`]
  const on = [...cgo.values()].some((choice) => choice.on)
  const env = { ...go.environment, ...targetEnvironment(target), GOWORK: workspace, CGO_ENABLED: on ? '1' : '0' }
  const args = [
    'list',
    '-e',
    '-deps',
    '-buildvcs=false',
    ...given,
    '-json=Dir,Standard,EmbedPatterns,EmbedFiles,GoFiles,CgoFiles,CFiles,CXXFiles,HFiles,SFiles,SysoFiles,Module',
    '--',
    program.importPath,
  ]
  const { exitCode, stdout, stderr } = await run({ file: 'go', args, env, cwd: program.moduleFolder }, { signal })
  if (exitCode !== 0)
    throw projectError('GO_FAILED', { message: `\`go list\` could not tell what ${program.name} is made from.`, output: lines(stderr) })
  return parseJsonStream<ListedPackage>(stdout).filter(({ Standard }) => Standard !== true)
}

function filesOf(entry: ListedPackage): string[] {
  const { EmbedFiles, GoFiles, CgoFiles, CFiles, CXXFiles, HFiles, SFiles, SysoFiles } = entry
  return [EmbedFiles, GoFiles, CgoFiles, CFiles, CXXFiles, HFiles, SFiles, SysoFiles].flatMap((files) => files ?? [])
}

function watchPackage({ Dir, EmbedPatterns = [], Module }: ListedPackage, watching: Watching): void {
  const folder = real(Dir)
  watching.folder(folder)
  for (const pattern of EmbedPatterns) {
    const bare = pattern.replace(/^all:/, '')
    const fixed = bare.split('/').findIndex((word) => /[*?[\\]/.test(word))
    // What a glob of Go's stands for may be a folder, which is then taken whole.
    watching.tree(join(folder, ...(fixed < 0 ? [bare] : bare.split('/').slice(0, fixed))))
    watching.file(join(folder, bare))
  }
  if (Module?.GoMod === undefined) return
  const module = real(dirname(Module.GoMod))
  for (const name of ['go.mod', 'go.sum', 'vendor/modules.txt']) watching.file(join(module, name))
}

/** Also where a resource could lie and no longer does: what was taken away changes the exe too. */
function watchResources({ program, app, resources }: SurveyedProgram, folder: string, watching: Watching): void {
  const { icon, manifest } = app.config.resources ?? {}
  for (const path of [resources.files.icon?.path, resources.found.source, resources.found.icon, resources.found.manifest?.file])
    if (path !== undefined) watching.file(real(path))
  for (const setting of [icon, manifest]) if (typeof setting === 'string') watching.pattern(real(folder), setting)
  watching.tree(join(real(program.folder), 'winres'))
  if (icon !== undefined) return
  for (const base of [program.folder, program.moduleFolder].map(real))
    for (const place of ['assets', 'build', join('build', 'windows')]) watching.folder(join(base, place))
}

function watchFiles({ program, app, files }: SurveyedProgram, { inputs, git }: SurveyContext, watching: Watching): void {
  for (const { source } of files) watching.file(real(source))
  const entries = app.config.archive?.files
  for (const entry of entries ?? []) watching.pattern(real(inputs.folder), typeof entry === 'string' ? entry : entry.from)
  if (entries !== undefined) return
  for (const base of [program.moduleFolder, inputs.folder, git.top!].map(real)) {
    // A licence that is gone is a change, and its name is known only roughly.
    for (const name of ['LICENSE', 'README', 'CHANGELOG'])
      for (const ending of ['', '.md', '.txt']) watching.file(join(base, `${name}${ending}`))
  }
}

function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
