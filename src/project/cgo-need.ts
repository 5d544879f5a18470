import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Notes } from '../cache/notes.ts'
import { cgoUse, type CgoUse } from '../go/cgo-use.ts'
import type { GoToolchain } from '../go/environment.ts'
import { targetEnvironment, type Target } from '../go/targets.ts'
import { hashText } from '../host/files.ts'
import { toolVersion } from '../host/tool-version.ts'
import type { Program } from './programs.ts'

export interface CgoNeedRequest {
  readonly go: GoToolchain
  readonly workspace: string
  readonly programs: readonly Program[]
  readonly target: Target
  readonly tags: readonly string[]
  readonly notes: Notes
  readonly signal?: AbortSignal | undefined
}

/** By import path of a program: the packages with C code it would be built with. */
export type CgoNeed = ReadonlyMap<string, readonly string[]>

/**
 * Which programs need cgo for a target: one question to the go command a module, asked again only when go.mod, go.sum or a
 * file of the module has changed.
 */
export async function cgoNeed(request: CgoNeedRequest): Promise<CgoNeed> {
  const modules = new Map<string, Program[]>()
  for (const program of request.programs) modules.set(program.moduleFolder, [...(modules.get(program.moduleFolder) ?? []), program])
  const answers = await Promise.all([...modules].map(([folder, programs]) => needOfModule(folder, programs, request)))
  return new Map(answers.flatMap((answer) => Object.entries(answer)))
}

/** What was found out, and the state of the files it was found in. */
interface Note {
  readonly byMain: CgoUse['byMain']
  readonly folders: readonly string[]
  readonly state: string
}

async function needOfModule(folder: string, programs: readonly Program[], request: CgoNeedRequest): Promise<CgoUse['byMain']> {
  const { go, workspace, target, tags, notes, signal } = request
  const packages = programs.map(({ importPath }) => importPath)
  const requirements = ['go.mod', 'go.sum', join('vendor', 'modules.txt')].map((name) => hashOf(join(folder, name)))
  const workspaces = workspace === 'off' ? [] : [hashOf(workspace), hashOf(`${workspace}.sum`)]
  const key = ['cgo-need', toolVersion, go.version, folder, packages, target, tags, requirements, workspaces]
  const known = (await notes.recall(key)) as Note | undefined
  if (known !== undefined && stateOf(known.folders) === known.state) return known.byMain
  const environment = { ...go.environment, ...targetEnvironment(target), GOWORK: workspace }
  const { byMain, folders } = await cgoUse({ packages, cwd: folder, environment, tags }, signal)
  // What lies in the module cache never changes, and go.sum says what is there.
  const local = folders.filter((path) => go.moduleCache === '' || !path.startsWith(go.moduleCache))
  await notes.note(key, { byMain, folders: local, state: stateOf(local) } satisfies Note)
  return byMain
}

function hashOf(path: string): string {
  try {
    return hashText(readFileSync(path, 'utf8'))
  } catch {
    return ''
  }
}

/** Names, sizes and times of the Go files of some folders. */
function stateOf(folders: readonly string[]): string {
  const hash = createHash('sha256')
  for (const folder of folders) {
    for (const name of goFilesOf(folder)) {
      const state = statSync(join(folder, name), { throwIfNoEntry: false })
      hash.update(`${folder}\0${name}\0${state?.size}\0${state?.mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}

function goFilesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.go'))
      .sort()
  } catch {
    return []
  }
}
