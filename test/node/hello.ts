import { readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { sha256 } from '../helpers/output.ts'
import { commitAll, copyOf } from '../helpers/repository.ts'
import { makeFolder } from '../helpers/temporary.ts'

/** Every file of an output folder with its SHA-256. */
export type Bytes = Readonly<Record<string, string>>

export interface HelloOptions {
  readonly node?: string
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Builds the fixture with an icon, as zip and as tar.gz, in a folder and with a cache of its own: nothing an
 * earlier build left behind may stand in for work.
 */
export async function buildHello({ node, env = {} }: HelloOptions = {}): Promise<Bytes> {
  const parent = makeFolder()
  try {
    return await build(parent, node, env)
  } finally {
    rmSync(parent, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function build(parent: string, node: string | undefined, env: Readonly<Record<string, string>>): Promise<Bytes> {
  const folder = commitAll(copyOf('hello', parent), 'v1.4.2')
  const run = await gopack(['build', '--target', 'windows/amd64,windows/arm64,linux/amd64'], {
    cwd: folder,
    env: { ...env, GOPACK_CACHE: join(parent, 'cache') },
    ...(node === undefined ? {} : { node }),
  })
  expect(run.code, run.stderr).toBe(0)
  const out = join(folder, 'dist')
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  const paths = files.map((one) => join(one.parentPath, one.name)).sort()
  expect(paths).toHaveLength(9)
  return Object.fromEntries(paths.map((path) => [relative(out, path), sha256(path)]))
}
