/** A file in an archive of Go. */
export interface ArchiveFile {
  /** Where it belongs below GOROOT, with forward slashes. */
  readonly path: string
  /** Hands the content over in pieces; they are only good during the call. */
  readonly read: (take: (piece: Uint8Array) => void) => Promise<void> | void
}

/** The files of a Go, in the order of the archive: a list when they can be read again, a stream when not. */
export type ArchiveFiles = Iterable<ArchiveFile> | AsyncIterable<ArchiveFile>

/** Module zips hold `_go.mod` for every go.mod, because a module zip has only one go.mod (go.dev/ref/mod#zip-path-size-constraints). */
export const pathOnDisk = (path: string): string => path.replace(/(^|\/)_go\.mod$/, '$1go.mod')
export const pathInModule = (path: string): string => path.replace(/(^|\/)go\.mod$/, '$1_go.mod')

/** Far above any Go. */
const maximumBytes = 4 * 1024 ** 3

/** Counts unpacked bytes; false when there are more than any Go has. */
export function byteCounter(): (bytes: number) => boolean {
  let total = 0
  return (bytes) => (total += bytes) <= maximumBytes
}
