import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { gopack } from '../../helpers/gopack.ts'
import { commitAll, git } from '../../helpers/repository.ts'
import { makeFolder } from '../../helpers/temporary.ts'

/** A public Go module at an exact version. */
export interface RealModule {
  readonly path: string
  readonly version: string
}

/** An empty Go cache on two cores needs minutes; this is no measure of speed, only an end to waiting. */
const patience = 900_000

/** Where Go keeps the module: fetched from the module proxy unless it is there already. */
function moduleFolder({ path, version }: RealModule, cwd: string): string {
  const env = { ...process.env, GOFLAGS: '', GOTOOLCHAIN: 'local', GOWORK: 'off' }
  const answer = execFileSync('go', ['mod', 'download', '-json', `${path}@${version}`], { cwd, env, encoding: 'utf8' })
  return (JSON.parse(answer) as { Dir: string }).Dir
}

/**
 * A fresh, writable copy of a real module, without git. The folder's name is nothing the module has:
 * what is built is named after the module, never after the checkout.
 */
export function checkOut(module: RealModule, parent: string): string {
  const folder = join(parent, 'checkout')
  execFileSync('cp', ['-R', moduleFolder(module, parent), folder])
  execFileSync('chmod', ['-R', 'u+w', folder])
  return folder
}

/** The same under git, with one commit that carries the version's tag. */
export const checkOutTagged = (module: RealModule, parent: string): string => commitAll(checkOut(module, parent), module.version)

export const headOf = (folder: string): string => git(folder, 'rev-parse', 'HEAD').trim()

export const targetOptions = (archs: readonly string[]): string[] => archs.flatMap((arch) => ['--target', `windows/${arch}`])

/** Checks a module out and builds it once for the tests of a describe block. @returns how to get at the folder */
export function builtOnce(module: RealModule, archs: readonly string[], prepare = checkOutTagged): () => string {
  let parent: string | undefined
  beforeAll(async () => {
    parent = makeFolder()
    const { code, stderr } = await gopack(['build', ...targetOptions(archs)], { cwd: prepare(module, parent) })
    expect(code, stderr).toBe(0)
  }, patience)
  afterAll(() => {
    if (parent !== undefined) rmSync(parent, { recursive: true, force: true, maxRetries: 3 })
  })
  return () => join(parent!, 'checkout')
}
