import { createHash, type Hash } from 'node:crypto'
import { pathInModule } from './files.ts'

/** Collects the files of a Go for its h1 hash. */
export interface ModuleHash {
  /** A hash to put the content of one file into. */
  readonly begin: () => Hash
  readonly end: (path: string, hash: Hash) => void
  /** `h1:…`, once all files are in. */
  readonly result: () => string
}

/**
 * The hash the checksum database has of a module: SHA-256 of the lines `HEX  NAME`, sorted by name (golang.org/x/mod/sumdb/dirhash,
 * Hash1). Names are those of the module zip, whatever the files came from.
 * @param version as the module has it: v0.0.1-go1.26.10.linux-amd64
 */
export function moduleHash(version: string): ModuleHash {
  const files: { readonly name: string; readonly hex: string }[] = []
  return {
    begin: () => createHash('sha256'),
    end: (path, hash) => files.push({ name: `golang.org/toolchain@${version}/${pathInModule(path)}`, hex: hash.digest('hex') }),
    result: () => {
      const all = createHash('sha256')
      for (const { name, hex } of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) all.update(`${hex}  ${name}\n`)
      return `h1:${all.digest('base64')}`
    },
  }
}

/** Folders the official archives have and the module has not: they are of no use to the go command. */
const leftOut: ReadonlySet<string> = new Set(['api', 'doc', 'misc', 'test'])

export const isInModule = (path: string): boolean => !leftOut.has(path.split('/', 1)[0]!)
