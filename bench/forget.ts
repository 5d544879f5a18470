import { rm } from 'node:fs/promises'
import { command } from './command.ts'

/** Removes caches and output, and waits until nothing of the last round is left to be written. */
export function forgetter(folder: string, output: string): () => Promise<void> {
  return async () => {
    for (const path of [`${folder}/go-cache`, `${folder}/gopack-cache`, output])
      await rm(path, { recursive: true, force: true, maxRetries: 3 })
    await command('sync', [], { cwd: folder, env: process.env })
  }
}
