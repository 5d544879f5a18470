import { dirname, join, relative } from 'node:path'

/** What would change a program: a change of any of these counts. Paths are relative to the git top level, `/` separated. */
export interface Watched {
  /** Everything below these folders. */
  readonly trees: ReadonlySet<string>
  /** What lies in these folders themselves. */
  readonly folders: ReadonlySet<string>
  readonly files: ReadonlySet<string>
}

export function isWatched(path: string, { trees, folders, files }: Watched): boolean {
  if (files.has(path)) return true
  // A submodule, or a repository within: one path for everything in it.
  const whole = path.replace(/\/$/, '')
  for (const set of [trees, folders, files]) for (const one of set) if (one === whole || one.startsWith(`${whole}/`)) return true
  const folder = dirname(path)
  if (folders.has(folder)) return true
  for (let above = folder; ; above = dirname(above)) {
    if (trees.has(above)) return true
    if (above === '.' || above === '/') return false
  }
}

/** A growing {@link Watched}, filled with absolute paths; what lies outside the repository is left out. */
export interface Watching extends Watched {
  readonly tree: (path: string) => void
  readonly folder: (path: string) => void
  readonly file: (path: string) => void
  /** A path, a folder or a glob: whatever it may stand for, also when it is gone. */
  readonly pattern: (folder: string, pattern: string) => void
}

/** @param top absolute, links resolved */
export function watch(top: string): Watching {
  const trees = new Set<string>()
  const folders = new Set<string>()
  const files = new Set<string>()
  const adding = (set: Set<string>) => (path: string) => {
    const inside = relative(top, path).replaceAll('\\', '/')
    if (inside !== '..' && !inside.startsWith('../') && !/^[A-Za-z]:/.test(inside)) set.add(inside === '' ? '.' : inside)
  }
  const [tree, folder, file] = [adding(trees), adding(folders), adding(files)]
  const pattern = (base: string, text: string): void => {
    const words = text.replaceAll('\\', '/').split('/')
    const first = words.findIndex((word) => /[*?[\]{}!()]/.test(word))
    if (first < 0) return (tree(join(base, text)), file(join(base, text)))
    const fixed = join(base, ...words.slice(0, first))
    // A glob in the last element takes from one folder only.
    return first === words.length - 1 && !words[first]!.includes('**') ? folder(fixed) : tree(fixed)
  }
  return { trees, folders, files, tree, folder, file, pattern }
}
