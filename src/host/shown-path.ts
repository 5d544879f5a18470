import { relative } from 'node:path'

/** A path as people and CI annotations want it: relative to the working folder where it lies in it, else absolute. */
export function shownPath(path: string): string {
  const inside = relative(process.cwd(), path)
  return inside.startsWith('..') ? path : inside || '.'
}
