import { closeSync, openSync, readSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as breath } from 'node:timers/promises'
import { isInModule, moduleHash, type ModuleHash } from './archive/module-hash.ts'

const buffer = Buffer.allocUnsafeSlow(256 * 1024)

/** The file in a fetched Go that says what it is: the only one that is not Go's own. */
export const markName = 'gopack.json'

/** The h1 hash of an unpacked Go; undefined where it cannot be read. */
export async function hashTree(root: string, version: string): Promise<string | undefined> {
  const hash = moduleHash(version)
  try {
    await addFolder(root, '', hash)
    return hash.result()
  } catch {
    return undefined
  }
}

async function addFolder(root: string, folder: string, hash: ModuleHash): Promise<void> {
  await breath()
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (path === markName || !isInModule(path)) continue
    if (entry.isDirectory()) await addFolder(root, path, hash)
    else addFile(root, path, hash)
  }
}

function addFile(root: string, path: string, hash: ModuleHash): void {
  const digest = hash.begin()
  const file = openSync(join(root, path), 'r')
  try {
    for (let bytes = readSync(file, buffer); bytes > 0; bytes = readSync(file, buffer)) digest.update(buffer.subarray(0, bytes))
  } finally {
    closeSync(file)
  }
  hash.end(path, digest)
}
