import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** True for the folder itself and everything below it. */
export const contains = (parent: string, child: string): boolean =>
  child === parent || child.startsWith(parent.endsWith(sep) ? parent : parent + sep)

/** The real path, also of a folder that is yet to be made. */
export function realPathOf(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const parent = dirname(path)
  return parent === path ? path : join(realPathOf(parent), path.slice(parent.length))
}

/** In or below a `.git` seen from `from`, however a file system that does not tell upper from lower case spells it. */
export const isGits = (from: string, path: string): boolean =>
  relative(from, path)
    .split(/[\\/]/)
    .some((part) => part.toLowerCase() === '.git')
