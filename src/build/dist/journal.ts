import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole, type Content } from '../../host/files.ts'

/** What a commit will do; written before the first change, so that the next command can finish or undo it. */
export interface Journal {
  readonly schema: 1
  /** Files that get their final names: from `new/PATH` of the staging folder to PATH. */
  readonly moves: readonly (Content & { readonly path: string })[]
  /** Files of the last run that this one does not make. */
  readonly removes: readonly string[]
}

export const journalFileName = 'journal.json'

export async function writeJournal(stagingFolder: string, journal: Journal): Promise<void> {
  await writeWhole(join(stagingFolder, journalFileName), JSON.stringify(journal))
}

/** The journal of a staging folder, undefined when the run ended before its commit began. */
export async function readJournal(stagingFolder: string): Promise<Journal | undefined> {
  const text = await readFile(join(stagingFolder, journalFileName), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  return JSON.parse(text) as Journal
}
