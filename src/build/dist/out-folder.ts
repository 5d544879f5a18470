import { existsSync, lstatSync, readFileSync, readdirSync, type Stats } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { distError } from '../../errors/dist.ts'
import { contains, isGits, realPathOf } from '../../project/paths.ts'
import type { GoPackage } from '../../project/packages.ts'
import { partProblem } from '../archive/entry-names.ts'
import { artifactsFileName, isOwnName } from './names.ts'

export interface OutFolderRequest {
  readonly out: string
  /** The folder of the configuration. */
  readonly folder: string
  readonly moduleFolders: readonly string[]
  readonly packages: readonly GoPackage[]
  /** gopack's own cache. */
  readonly cache: string
  /** True when git tracks a file in it. */
  readonly tracked: boolean
}

/**
 * Refuses an output folder in which a build could destroy something or become part of itself. Reads only.
 * @throws OUT_REFUSED, OUT_NOT_FOLDER
 */
export function checkOutFolder(request: OutFolderRequest): void {
  const { out } = request
  const refuse = (reason: string): Error => distError('OUT_REFUSED', { message: `gopack will not write to ${out}: ${reason}.` })
  const state = stateOf(out)
  if (state?.isSymbolicLink()) throw distError('OUT_NOT_FOLDER', { message: `${out} is a symbolic link.` })
  if (state !== undefined && !state.isDirectory()) throw distError('OUT_NOT_FOLDER', { message: `${out} is a file, not a folder.` })
  const real = realPathOf(out)
  for (const folder of [request.folder, ...request.moduleFolders]) {
    if (contains(real, realPathOf(folder)))
      throw refuse(real === realPathOf(folder) ? 'it is the module itself' : `it is above the module ${folder}`)
  }
  const place = placeProblem(out, real, request)
  if (place !== undefined) throw refuse(place)
  if (state !== undefined) checkContent(out, refuse)
  const embedding = request.packages.find((entry) =>
    (entry.EmbedPatterns ?? []).some((pattern) => embeds(pattern, relative(realPathOf(entry.Dir), real))),
  )
  if (embedding !== undefined)
    throw refuse(`${embedding.ImportPath} embeds it into the program (//go:embed ${embedding.EmbedPatterns!.join(' ')})`)
  if (request.tracked) throw refuse('git tracks files in it')
}

function stateOf(out: string): Stats | undefined {
  try {
    return lstatSync(out, { throwIfNoEntry: false })
  } catch (cause) {
    throw distError('OUT_NOT_FOLDER', { message: `${out} cannot be a folder: something on the way to it is a file.`, cause })
  }
}

function placeProblem(out: string, real: string, { cache, folder }: OutFolderRequest): string | undefined {
  const name = partProblem(basename(out))
  if (name !== undefined) return `its name is one Windows cannot have: ${name}`
  if (isGits(folder, out) || isGits(realPathOf(folder), real)) return 'it lies in the folder of git'
  const realCache = realPathOf(cache)
  if (contains(realCache, real)) return `it lies in gopack's cache ${cache}`
  if (contains(real, realCache)) return `gopack's cache ${cache} lies in it`
  for (let parent = dirname(real); parent !== dirname(parent); parent = dirname(parent)) {
    if (isOutput(parent)) return `it lies in ${parent}, the output folder of another build`
  }
  return undefined
}

/** True when gopack has published into a folder: artifacts.json names its maker. */
function isOutput(folder: string): boolean {
  const path = join(folder, artifactsFileName)
  try {
    return lstatSync(path).isFile() && /^\{\s*"schema": 1,\s*"tool": \{\s*"name": "gopack"/.test(readFileSync(path, 'utf8'))
  } catch {
    return false
  }
}

function checkContent(out: string, refuse: (reason: string) => Error): void {
  const entries = readdirSync(out)
  if (entries.length === 0 || entries.includes(artifactsFileName) || entries.every(isOwnName)) return
  // An interrupted build leaves a journal where artifacts.json was.
  if (entries.some((entry) => existsSync(join(out, entry, 'journal.json')))) return
  throw refuse(
    `it holds files gopack did not make (${entries
      .filter((entry) => !isOwnName(entry))
      .slice(0, 3)
      .join(', ')})`,
  )
}

/**
 * True when a //go:embed pattern of a package would take in `folder` (relative to the package) or something in it.
 * Compares element by element, so it errs on the safe side (package embed, path.Match).
 */
export function embeds(pattern: string, folder: string): boolean {
  const path = folder.split(sep).join('/')
  if (path === '' || path.startsWith('..')) return false
  const elements = path.split('/')
  const wanted = pattern
    .replace(/^all:/, '')
    .replace(/^"(.*)"$/, '$1')
    .split('/')
  if (wanted.length === 1 && wanted[0] === '.') return !/^[._]/.test(elements[0]!) || pattern.startsWith('all:')
  return wanted.slice(0, elements.length).every((element, index) => matchElement(element, elements[index]!))
}

function matchElement(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  try {
    return new RegExp(`^${source}$`, 'u').test(text)
  } catch {
    return pattern === text
  }
}
