import { readFile, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { hashText, makeFolders, writeReplaced } from '../host/files.ts'
import { markCache } from './mark.ts'

/** Answers of slow questions, kept for as long as what was asked about stays the same. */
export interface Notes {
  /** The value noted under a key, whatever it is; undefined when there is none. */
  readonly recall: (key: unknown) => Promise<unknown>
  readonly note: (key: unknown, value: unknown) => Promise<void>
}

/** Opens the notes of a cache folder. @param learn false: nothing is written, as `gopack plan` promises */
export function openNotes(folder: string, learn: boolean): Notes {
  const pathOf = (key: unknown): string => {
    const hash = hashText(JSON.stringify(key))
    return join(folder, 'notes', hash.slice(0, 2), hash)
  }
  return {
    recall: async (key) => {
      const path = pathOf(key)
      const text = await readFile(path, 'utf8').catch(() => undefined)
      if (text === undefined) return undefined
      const now = new Date()
      await utimes(path, now, now).catch(() => undefined)
      return parsed(text)
    },
    note: async (key, value) => {
      if (!learn) return
      const path = pathOf(key)
      // A cache that cannot be written to costs time, nothing else.
      await markCache(folder)
        .then(() => makeFolders(dirname(path)))
        .then(() => writeReplaced(path, JSON.stringify(value)))
        .catch(() => undefined)
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
