import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import type { ImportContext } from '../config/importers/types.ts'
import type { ModuleView } from './look.ts'

/** What an importer may ask of the module. */
export async function importContext(view: ModuleView, source: string): Promise<ImportContext> {
  const { globSync } = await import('tinyglobby')
  const { folder } = view
  const base = projectFolder(source)
  const stateOf = (path: string) => statSync(join(folder, path), { throwIfNoEntry: false })
  return {
    folder,
    // Git names folders without links; by this name files below `folder` are found too.
    top: view.gitTop === undefined ? folder : resolve(folder, relative(realpathSync(folder), view.gitTop)),
    rebase: (path) => relative(folder, resolve(base, path)).replaceAll('\\', '/') || '.',
    modulePath: view.modulePath,
    repository: view.repository,
    supported: new Set(view.offered.map(({ GOOS, GOARCH }) => `${GOOS}/${GOARCH}`)),
    goVersion: view.goVersion,
    tagStart: view.tagStart,
    matches: (pattern) =>
      stateOf(pattern) !== undefined ||
      globSync(pattern, { cwd: folder, dot: true, onlyFiles: false, expandDirectories: false, followSymbolicLinks: false }).length > 0,
    isFolder: (path) => stateOf(path)?.isDirectory() ?? false,
    isFile: (path) => stateOf(path)?.isFile() ?? false,
    pngWidth: (path) => pngWidth(join(folder, path)),
  }
}

/** GoReleaser is started at the top of its project, whatever folder of settings the file lies in. */
function projectFolder(source: string): string {
  const folder = dirname(source)
  return basename(folder).startsWith('.') ? dirname(folder) : folder
}

/** Width in the header of a PNG; 0 for anything else. */
function pngWidth(path: string): number {
  const file = openSync(path, 'r')
  try {
    const header = Buffer.alloc(24)
    const bytes = readSync(file, header, 0, 24, 0)
    return bytes === 24 && header.readUInt32BE(0) === 0x89504e47 ? header.readUInt32BE(16) : 0
  } finally {
    closeSync(file)
  }
}
