import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { projectError } from '../errors/project.ts'
import type { GoToolchain } from '../go/environment.ts'
import { targetEnvironment, type Target } from '../go/targets.ts'
import { lines } from '../host/lines.ts'
import { checkName, defaultName } from './names.ts'
import { everyPackage, moduleFolderOf, queriesFor, type PackageQuery } from './module.ts'
import { listPackages, type GoPackage } from './packages.ts'

/** A main package that will be built. */
export interface Program {
  readonly name: string
  readonly importPath: string
  /** Absolute. */
  readonly folder: string
  /** Absolute folder of the module (the go.mod) it belongs to. */
  readonly moduleFolder: string
  readonly modulePath: string
  /** Absolute paths of its Go files under the first target. */
  readonly goFiles: readonly string[]
}

export interface ProgramRequest {
  readonly go: GoToolchain
  readonly workspace: string
  readonly targets: readonly Target[]
  readonly tags: readonly string[]
  readonly cgo: boolean
  /** Folder of the module (or workspace) that is built. */
  readonly moduleFolder: string
  /** Where the user stands: a main package here is the choice when nothing else is said. */
  readonly cwd: string
  readonly mains: readonly string[]
  /** Folder relative main packages refer to. */
  readonly mainsFolder: string
  readonly name?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export interface FoundPrograms {
  readonly programs: readonly Program[]
  /** Every package that was listed: their embeds are checked against the output folder. */
  readonly packages: readonly GoPackage[]
}

/**
 * Finds the main packages to build and names them.
 * @throws NO_MAIN_PACKAGE, SEVERAL_MAIN_PACKAGES, NOT_A_MAIN_PACKAGE, NAME_INVALID, NAME_TWICE
 */
export async function findPrograms(request: ProgramRequest): Promise<FoundPrograms> {
  const explicit = request.mains.length > 0
  const queries =
    explicit && !isWholeWorkspace(request)
      ? queriesFor(request.mains, request.mainsFolder)
      : await everyPackage(request.moduleFolder, request.go, request.workspace, request.signal)
  const packages = await listUnderTargets(request, queries)
  const mains = packages.filter(({ Name }) => Name === 'main')
  const chosen = explicit ? checkExplicit(request, packages, mains) : chooseOne(request, packages, mains)
  const programs = chosen.map(toProgram)
  const [single] = programs
  if (request.name !== undefined && single !== undefined && programs.length === 1)
    return { programs: [{ ...single, name: checked(request.name, 'name in the configuration') }], packages }
  const names = new Map<string, string>()
  for (const { name, importPath } of programs) {
    const other = names.get(name.toLowerCase())
    if (other !== undefined) throw projectError('NAME_TWICE', { message: `${other} and ${importPath} would both be called ${name}.` })
    names.set(checked(name, `from ${importPath}`).toLowerCase(), importPath)
  }
  return { programs, packages }
}

/** `./...` at a go.work without a go.mod: the go command itself knows no such pattern there. */
function isWholeWorkspace({ mains, mainsFolder, moduleFolder }: ProgramRequest): boolean {
  const [main] = mains
  return (
    mains.length === 1 &&
    (main === './...' || main === '...') &&
    samePath(mainsFolder, moduleFolder) &&
    !existsSync(join(moduleFolder, 'go.mod'))
  )
}

const checked = (name: string, origin: string): string => (checkName(name, origin), name)

/** The first target that shows a main package decides: a windows-only program is invisible under linux. */
async function listUnderTargets(request: ProgramRequest, queries: readonly PackageQuery[]): Promise<GoPackage[]> {
  let packages: GoPackage[] = []
  const systems = new Map(request.targets.map((target) => [target.os, target]))
  for (const target of systems.values()) {
    const environment = {
      ...request.go.environment,
      ...targetEnvironment(target),
      GOWORK: request.workspace,
      CGO_ENABLED: request.cgo ? '1' : '0',
    }
    const lists = await Promise.all(
      queries.map(({ folder, patterns }) => listPackages({ patterns, tags: request.tags, environment, cwd: folder }, request.signal)),
    )
    packages = lists.flat()
    if (packages.some(({ Name }) => Name === 'main')) break
  }
  return packages
}

function checkExplicit(request: ProgramRequest, packages: readonly GoPackage[], mains: readonly GoPackage[]): readonly GoPackage[] {
  if (mains.length === 0 || request.mains.every((main) => !main.endsWith('...'))) {
    const wrong = packages.find(({ Name }) => Name !== 'main')
    if (wrong?.Error !== undefined && !wrong.Name)
      throw projectError('NO_MAIN_PACKAGE', { message: `${wrong.ImportPath} is no package Go can read.`, ...whatGoSays([wrong]) })
    if (wrong !== undefined && mains.length < request.mains.length)
      throw projectError('NOT_A_MAIN_PACKAGE', { message: `${wrong.ImportPath} is package ${wrong.Name || '(unknown)'}, not a program.` })
  }
  if (mains.length === 0)
    throw projectError('NO_MAIN_PACKAGE', { message: `No main package matches ${request.mains.join(', ')}.`, ...whatGoSays(packages) })
  return mains
}

function chooseOne(request: ProgramRequest, packages: readonly GoPackage[], mains: readonly GoPackage[]): readonly GoPackage[] {
  const here = mains.find(({ Dir }) => samePath(Dir, request.cwd))
  if (mains.length === 0)
    throw projectError('NO_MAIN_PACKAGE', {
      message: `No main package was found below ${request.moduleFolder} for ${request.targets.map(({ os }) => os)[0] ?? 'windows'}.`,
      ...whatGoSays(packages),
    })
  if (mains.length === 1) return mains
  if (here !== undefined && !samePath(request.cwd, request.moduleFolder)) return [here]
  const list = mains.map(({ ImportPath }) => ImportPath)
  const [first] = mains
  const example = `./${first!.Dir.slice(request.moduleFolder.length + 1).replaceAll('\\', '/')}`
  throw projectError('SEVERAL_MAIN_PACKAGES', {
    message: `There are ${mains.length} main packages: ${list.slice(0, 12).join(', ')}${list.length > 12 ? ', …' : ''}.`,
    hint: `Choose one with --main ${example} (or \`main: ${example}\` in gopack.yaml), or take all with --main ./...`,
  })
}

/** Go's own words about patterns that stand for nothing it can list. */
function whatGoSays(packages: readonly GoPackage[]): { output?: string[]; hint?: string } {
  const output = packages.flatMap(({ Name, Error: problem }) => (Name || problem === undefined ? [] : lines(problem.Err)))
  if (output.length === 0) return {}
  const outside = output.some((line) => line.includes('go.work'))
  return { output, ...(outside ? { hint: 'Add the module to the workspace: run `go work use .` in the folder of its go.mod.' } : {}) }
}

function samePath(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b)
  } catch {
    return a === b
  }
}

function toProgram(entry: GoPackage): Program {
  const separator = entry.Dir.includes('\\') ? '\\' : '/'
  return {
    name: defaultName(entry.ImportPath === 'command-line-arguments' ? (entry.Module?.Path ?? entry.ImportPath) : entry.ImportPath),
    importPath: entry.ImportPath,
    folder: entry.Dir,
    moduleFolder: entry.Module?.Dir ?? moduleFolderOf(entry.Dir),
    modulePath: entry.Module?.Path ?? entry.ImportPath,
    goFiles: [...(entry.GoFiles ?? []), ...(entry.CgoFiles ?? [])].map((file) => `${entry.Dir}${separator}${file}`),
  }
}
