import { stat } from 'node:fs/promises'
import { toolchainError } from '../../errors/toolchain.ts'
import { run } from '../../host/exec.ts'
import { removeTree, renameWithRetry } from '../../host/files.ts'
import { lines } from '../../host/lines.ts'
import { ArchiveDamage, asDamage } from './archive/damage.ts'
import { isInModule, moduleHash } from './archive/module-hash.ts'
import { openTar } from './archive/tar.ts'
import { pathChecker } from './archive/names.ts'
import { makeRunnable, unpack } from './archive/unpack.ts'
import { openZip } from './archive/zip.ts'
import { moduleVersion } from './sources.ts'
import { goProgram, writeMark } from './store.ts'
import type { GoHost } from './types.ts'

/** A Go that is being made: what it must be, and where it goes. */
export interface Making {
  readonly version: string
  readonly host: GoHost
  /** Its h1 hash, where it is known. */
  readonly hash: string | undefined
  /** Where it came from, as people may see it. */
  readonly from: string
  /** An existing, empty folder of this run's own, beside the final one. */
  readonly folder: string
  readonly signal?: AbortSignal | undefined
}

/**
 * Unpacks a module zip and compares its h1 hash, which is known only when everything was read: until then nothing may be run.
 * @throws ArchiveDamage
 */
export async function unpackModuleZip(path: string, making: Making & { readonly hash: string }): Promise<string> {
  const version = moduleVersion(making.version, making.host)
  const zip = await openZip(path, `golang.org/toolchain@${version}/`)
  try {
    // All of them before the first is written.
    const check = pathChecker()
    for (const { path: inside } of zip.files) check(inside)
    const hash = moduleHash(version)
    await unpack(zip.files, { to: making.folder, hash, signal: making.signal })
    compare(hash.result(), making.hash)
    return making.hash
  } finally {
    zip.close()
  }
}

/**
 * Unpacks an official archive whose SHA-256 was found right; where the h1 hash of its Go is known, that is compared too.
 * @throws ArchiveDamage
 */
export async function unpackOfficial(path: string, name: string, making: Making): Promise<string> {
  const hash = moduleHash(moduleVersion(making.version, making.host))
  const options = { to: making.folder, hash, keep: isInModule, signal: making.signal }
  if (name.endsWith('.zip')) {
    const zip = await openZip(path, 'go/')
    try {
      await unpack(zip.files, options)
    } finally {
      zip.close()
    }
  } else await unpack(openTar(path, 'go/'), options)
  const result = hash.result()
  if (making.hash !== undefined) compare(result, making.hash)
  return result
}

/** @throws ArchiveDamage */
export function compare(found: string, expected: string): void {
  if (found !== expected) throw new ArchiveDamage(`its hash is ${found}, and should be ${expected}`)
}

/**
 * Starts what was unpacked, marks it and gives it its final name: from here on it is there, whole.
 * @throws GO_DOES_NOT_START
 */
export async function settle(making: Making, hash: string, root: string): Promise<void> {
  const file = goProgram(making.folder, making.host)
  if ((await stat(file).catch(() => undefined)) === undefined) throw new ArchiveDamage('it has no go command')
  await makeRunnable(making.folder)
  const env = { GOROOT: undefined, GOTOOLCHAIN: 'local', GOENV: 'off', GOFLAGS: '' }
  const { exitCode, stdout, stderr, startError } = await run(
    { file, args: ['version'], env, cwd: making.folder },
    { signal: making.signal, timeout: 60_000 },
  )
  const expected = `go version go${making.version} ${making.host.os}/${making.host.arch}`
  if (exitCode !== 0 || !stdout.startsWith(expected))
    throw toolchainError('GO_DOES_NOT_START', {
      message: `Go ${making.version} was fetched from ${making.from}, but \`go version\` does not give its version${startError === undefined ? '' : ` (${startError})`}.`,
      output: lines(stdout + stderr).slice(0, 5),
    })
  await writeMark(making.folder, making.version, hash, making.from)
  await removeTree(root)
  await renameWithRetry(making.folder, root)
}

export { ArchiveDamage, asDamage }
