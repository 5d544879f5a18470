import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { goFolder, tidy } from '../go/provision/store.ts'
import { acquireLock } from '../host/lock.ts'

/** Days after which a fetched Go that nobody used goes. The size limit does not count it: a build is nothing without it. */
const unusedDays = 60

/** Removes fetched Gos, and halves of them: all, or those not used for long. One that is being fetched is left alone. */
export async function pruneGo(cache: string, all: boolean): Promise<void> {
  const folder = goFolder(cache)
  const names = await readdir(folder).catch(() => [] as string[])
  const versions = new Set(names.filter((name) => !name.includes('.lock')).map((name) => name.replace(/\.[^.]+(\.download)?\.tmp$/, '')))
  for (const name of versions) {
    if (!all && !(await isUnused(join(folder, name)))) continue
    try {
      const lock = await acquireLock(join(folder, `${name}.lock`), { patience: 0 })
      await tidy(cache, name).finally(lock.release)
    } catch {
      // Another gopack is fetching it.
    }
  }
}

async function isUnused(path: string): Promise<boolean> {
  const state = await stat(path).catch(() => undefined)
  return state !== undefined && Date.now() - state.mtimeMs > unusedDays * 24 * 3600 * 1000
}
