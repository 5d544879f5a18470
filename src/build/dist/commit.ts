import { lstat, readdir, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolders, exists, flushFolder, hashIfThere, moveFile, removeTree, renameWithRetry } from '../../host/files.ts'
import type { Journal } from './journal.ts'
import { writeJournal } from './journal.ts'
import { artifactsFileName } from './names.ts'

/**
 * Gives the staged files their names (docs/adr/0004-how-dist-stays-whole.md): journal, artifacts.json away, old files
 * aside, new files in, artifacts.json last. Killed anywhere, the journal leads on to the new state or back to the old.
 * `new/artifacts.json` must be staged.
 */
export async function commit(out: string, stagingFolder: string, journal: Journal): Promise<void> {
  await makeFolders(join(stagingFolder, 'old'))
  await flushTree(join(stagingFolder, 'new'))
  await writeJournal(stagingFolder, journal)
  await flushFolder(out)
  try {
    await finish(out, stagingFolder, journal)
  } catch (error) {
    await undo(out, stagingFolder, journal)
    throw error
  }
  await removeTree(stagingFolder)
}

/** Carries a commit on from wherever it stopped. Every move is done once: what has its name already is not staged any more. */
export async function finish(out: string, stagingFolder: string, journal: Journal): Promise<void> {
  const fresh = (path: string): string => join(stagingFolder, 'new', path)
  // Once the new list has its name it is the new one that stands there.
  if (await exists(fresh(artifactsFileName))) await setAside(out, stagingFolder, artifactsFileName)
  for (const { path } of journal.moves) {
    if (!(await exists(fresh(path)))) continue
    await setAside(out, stagingFolder, path)
    await moveFile(fresh(path), join(out, path))
  }
  for (const path of journal.removes) await setAside(out, stagingFolder, path)
  const folders = new Set([...journal.moves.map(({ path }) => path), ...journal.removes].map((path) => dirname(join(out, path))))
  for (const folder of folders) await flushFolder(folder)
  await flushFolder(out)
  if (await exists(fresh(artifactsFileName))) await renameWithRetry(fresh(artifactsFileName), join(out, artifactsFileName))
  await flushFolder(out)
  for (const folder of folders) if (folder !== out) await rmdir(folder).catch(() => undefined)
}

/** Puts the old files back, artifacts.json last. */
export async function undo(out: string, stagingFolder: string, journal: Journal): Promise<void> {
  const old = (path: string): string => join(stagingFolder, 'old', path)
  for (const { path } of journal.moves) {
    if (await exists(old(path))) await moveFile(old(path), join(out, path))
    else if (!(await exists(join(stagingFolder, 'new', path)))) await removeTree(join(out, path))
  }
  for (const path of journal.removes) if (await exists(old(path))) await moveFile(old(path), join(out, path))
  if (await exists(old(artifactsFileName))) await moveFile(old(artifactsFileName), join(out, artifactsFileName))
  await flushFolder(out)
  await removeTree(stagingFolder)
}

/** True when every file of the journal is whole, staged or in place: then the commit can be finished. */
export async function canFinish(out: string, stagingFolder: string, journal: Journal): Promise<boolean> {
  for (const { path, sha256 } of journal.moves) {
    const found = (await hashIfThere(join(stagingFolder, 'new', path))) ?? (await hashIfThere(join(out, path)))
    if (found?.sha256 !== sha256) return false
  }
  return (await exists(join(stagingFolder, 'new', artifactsFileName))) || (await exists(join(out, artifactsFileName)))
}

/** Moves a file of the last run aside; a later call for the same path leaves the first one's file alone. */
async function setAside(out: string, stagingFolder: string, path: string): Promise<void> {
  const aside = join(stagingFolder, 'old', path)
  const state = await lstat(join(out, path)).catch(() => undefined)
  if (state === undefined || (await exists(aside))) return
  await moveFile(join(out, path), aside)
}

async function flushTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) if (entry.isDirectory()) await flushTree(join(folder, entry.name))
  await flushFolder(folder)
}
