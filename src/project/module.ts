import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { projectError } from '../errors/project.ts'
import type { GoToolchain } from '../go/environment.ts'
import { run } from '../host/exec.ts'

/** Where to run `go list`, and for what. */
export interface PackageQuery {
  /** The module's folder, or the workspace's. */
  readonly folder: string
  readonly patterns: readonly string[]
}

/**
 * The nearest folder with a go.mod (or, at a workspace root, a go.work) at or above `folder`.
 * @throws NOT_A_MODULE
 */
export function moduleFolderOf(folder: string): string {
  for (let current = resolve(folder); ; current = dirname(current)) {
    if (existsSync(join(current, 'go.mod')) || existsSync(join(current, 'go.work'))) return current
    if (dirname(current) === current)
      throw projectError('NOT_A_MODULE', { message: `There is no go.mod in ${folder} or any folder above it.` })
  }
}

/**
 * Groups the main packages asked for by the module they lie in, so that nested modules are listed from inside.
 * Paths (`./cmd/x`, `./...`) are relative to `folder`; anything else is an import path.
 * @throws NO_MAIN_PACKAGE, NOT_A_MAIN_PACKAGE
 */
export function queriesFor(mains: readonly string[], folder: string): PackageQuery[] {
  const groups = new Map<string, string[]>()
  for (const main of mains) {
    const isPath = main.startsWith('.') || isAbsolute(main) || main.includes('\\')
    const [path, wildcard] = main.endsWith('/...') ? [main.slice(0, -4), '/...'] : [main, '']
    const target = isPath ? resolve(folder, path) : folder
    if (isPath && !existsSync(target))
      throw projectError('NO_MAIN_PACKAGE', { message: `There is no folder ${target} (from the main package "${main}").` })
    const module = moduleFolderOf(target)
    refuseFile(main, [target, resolve(folder, main), resolve(module, main)])
    const pattern = isPath ? `./${relativePath(module, target)}${wildcard}` : main
    groups.set(module, [...(groups.get(module) ?? []), pattern.replace('.//', './').replace(/^\.\/$/, '.')])
  }
  return [...groups].map(([module, patterns]) => ({ folder: module, patterns }))
}

/** The go command takes files too, but then leaves out the .syso files beside them and the stamp of the commit. */
function refuseFile(main: string, paths: readonly string[]): void {
  if (!paths.some((path) => statSync(path, { throwIfNoEntry: false })?.isFile())) return
  const folder = dirname(main.replaceAll('\\', '/'))
  const hint = folder === '.' || folder.startsWith('.') || isAbsolute(folder) ? folder : `./${folder}`
  throw projectError('NOT_A_MAIN_PACKAGE', {
    message: `The main package "${main}" is a file; a program is the whole package.`,
    hint: `Name its folder: ${hint}`,
  })
}

const relativePath = (from: string, to: string): string =>
  to === from ? '' : to.slice(from.length + (from.endsWith('/') ? 0 : 1)).replaceAll('\\', '/')

/** Every package below `folder`; at a go.work root without a go.mod, those of each module in use. */
export async function everyPackage(folder: string, go: GoToolchain, workspace: string, signal?: AbortSignal): Promise<PackageQuery[]> {
  if (existsSync(join(folder, 'go.mod'))) return [{ folder, patterns: ['./...'] }]
  const result = await run(
    { file: 'go', args: ['list', '-m', '-f', '{{.Dir}}'], env: { ...go.environment, GOWORK: workspace }, cwd: folder },
    { signal },
  )
  const modules = result.stdout.split('\n').filter((line) => line !== '')
  return modules.map((module) => ({ folder: module, patterns: ['./...'] }))
}

/** The `go` line of go.mod, such as `1.21` or `1.26.3`: the oldest Go the module takes. */
export const goLine = (moduleFolder: string): string | undefined => lineOf(moduleFolder, /^go\s+(\d[\w.]*)/m)

/** The `toolchain` line of go.mod, such as `go1.26.3`: the Go its authors use. */
export const toolchainLine = (moduleFolder: string): string | undefined => lineOf(moduleFolder, /^toolchain\s+(go\d[\w.-]*)/m)

function lineOf(moduleFolder: string, line: RegExp): string | undefined {
  const file = ['go.mod', 'go.work'].map((name) => join(moduleFolder, name)).find((path) => existsSync(path))
  return file === undefined ? undefined : line.exec(readFileSync(file, 'utf8'))?.[1]
}
