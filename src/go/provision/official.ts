import { fetchText } from './network/fetch-text.ts'
import { NetworkTrouble } from './network/trouble.ts'
import type { OpenOptions } from './network/open.ts'
import type { GoHost } from './types.ts'

/** One archive of Go's official download list (go.dev/dl/?mode=json&include=all). */
export interface OfficialArchive {
  /** `1.26.10` */
  readonly version: string
  readonly url: URL
  /** Lower-case hex. */
  readonly sha256: string
}

interface ListedRelease {
  readonly version: string
  readonly files: readonly { filename: string; os: string; arch: string; version: string; sha256: string; kind: string }[]
}

/**
 * The archives the list offers for a machine, newest first as it has them. An entry that is not of the known form is passed over.
 * @throws NetworkTrouble
 */
export async function officialArchives(base: string, host: GoHost, options: OpenOptions): Promise<OfficialArchive[]> {
  const text = await fetchText(new URL(`${base}/?mode=json&include=all`), options)
  const releases = parseList(text)
  return releases.flatMap(({ files }) =>
    files
      .filter(({ os, arch, kind, filename, sha256 }) => {
        const isOurs = os === host.os && arch === host.arch && kind === 'archive'
        return isOurs && /^go[\w.-]+\.(tar\.gz|zip)$/.test(filename) && /^[0-9a-f]{64}$/.test(sha256)
      })
      .map(({ version, filename, sha256 }) => ({ version: version.replace(/^go/, ''), url: new URL(`${base}/${filename}`), sha256 })),
  )
}

function parseList(text: string): readonly ListedRelease[] {
  try {
    const list = JSON.parse(text) as ListedRelease[]
    if (Array.isArray(list) && list.every(({ files }) => Array.isArray(files))) return list
  } catch {
    // Told below.
  }
  throw new NetworkTrouble('refused', 'its answer is not the list of Go versions')
}
