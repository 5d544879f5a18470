import { dirname, relative, resolve } from 'node:path'
import type { ImportContext } from './types.ts'

/** A path written in a source, relative to gopack.yaml; undefined where nothing is there. @param folders what it may be relative to */
export function pathFrom(path: string, folders: readonly string[], context: ImportContext): string | undefined {
  const clean = path.trim().replaceAll('\\', '/')
  const candidates = folders.map((folder) => relative(context.folder, resolve(folder, clean)).replaceAll('\\', '/'))
  return candidates.find((candidate) => context.isFile(candidate))
}

export const folderOf = (path: string): string => dirname(path)
