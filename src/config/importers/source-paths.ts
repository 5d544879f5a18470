import { dirname, isAbsolute, relative, resolve } from 'node:path'
import type { ImportContext } from './types.ts'

/** A file written in a source, relative to gopack.yaml, or why it cannot be taken. */
export type FoundFile = { readonly path: string; readonly reason?: undefined } | { readonly path?: undefined; readonly reason: string }

/** @param folders what the path may be relative to */
export function pathFrom(path: string, folders: readonly string[], context: ImportContext): FoundFile {
  const clean = path.trim().replaceAll('\\', '/')
  const candidates = folders.map((folder) => resolve(folder, clean))
  const inside = candidates.filter((candidate) => isWithin(context.top, candidate))
  const paths = inside.map((candidate) => relative(context.folder, candidate).replaceAll('\\', '/'))
  const found = paths.find((candidate) => context.isFile(candidate))
  if (found !== undefined) return { path: found }
  return { reason: inside.length === 0 ? 'it lies outside of the repository' : 'there is no such file' }
}

function isWithin(top: string, path: string): boolean {
  const way = relative(top, path)
  return way !== '..' && !/^\.\.[\\/]/.test(way) && !isAbsolute(way)
}

export const folderOf = (path: string): string => dirname(path)
