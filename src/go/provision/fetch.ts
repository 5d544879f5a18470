import { join } from 'node:path'
import { toolchainError } from '../../errors/toolchain.ts'
import { makeFolders, uniqueId, removeTree } from '../../host/files.ts'
import { ArchiveDamage } from './archive/damage.ts'
import { download, type Downloaded } from './network/download.ts'
import { NetworkTrouble } from './network/trouble.ts'
import { officialArchives } from './official.ts'
import { progressTeller } from './progress.ts'
import { sourceName } from './published.ts'
import { moduleVersion, toolchainModule, type GoSource } from './sources.ts'
import { goFolder, goName } from './store.ts'
import type { GoHost, ProvisionContext } from './types.ts'
import { settle, unpackModuleZip, unpackOfficial, type Making } from './unpacked.ts'

export interface FetchRequest extends ProvisionContext {
  readonly version: string
  readonly host: GoHost
  /** The h1 hash; undefined: only the official list, which has a SHA-256 of its own, will do. */
  readonly hash: string | undefined
  readonly sources: readonly GoSource[]
  readonly cache: string
}

/** Why a source gave nothing: where, and what it said. */
export interface Failure {
  readonly from: string
  readonly reason: string
  /** True where the source answered that there is no such version. */
  readonly missing: boolean
}

/**
 * Downloads, verifies and unpacks Go from the first source that has it. Gives the reasons where none has.
 * @throws GO_REFUSED, GO_DOES_NOT_START; errors of the file system as they are
 */
export async function fetchGo(request: FetchRequest): Promise<readonly Failure[] | undefined> {
  const failures: Failure[] = []
  for (const source of request.sources) {
    if (source.kind === 'off') return [...failures, { from: 'GOPROXY', reason: 'it is `off`: nothing may be fetched', missing: false }]
    if (source.kind === 'wrong')
      return [...failures, { from: 'GOPROXY', reason: `"${sourceName(source.text)}" is no address`, missing: false }]
    if (source.kind === 'proxy' && request.hash === undefined) continue
    const from = sourceName(source.url)
    try {
      await fetchFrom(source, from, request)
      return undefined
    } catch (error) {
      request.signal?.throwIfAborted()
      if (!(error instanceof NetworkTrouble)) throw error
      failures.push({ from, reason: error.message, missing: error.kind === 'missing' })
      if (source.next === 'missing' && error.kind !== 'missing') return failures
    }
  }
  return failures
}

interface Archive {
  readonly url: URL
  readonly sha256?: string
  /** What the files in it are called after. */
  readonly name: string
}

async function fetchFrom(source: Extract<GoSource, { url: string }>, from: string, request: FetchRequest): Promise<void> {
  const { version, host, cache, listener } = request
  const archive = source.kind === 'official' ? await officialArchive(source.url, request) : moduleArchive(source.url, request)
  listener({ type: 'go-fetch', version, from })
  const final = join(goFolder(cache), goName(version, host))
  const folder = `${final}.${uniqueId()}.tmp`
  const file = `${final}.${uniqueId()}.download.tmp`
  try {
    await downloadVerified(archive, file, from, request, async () => {
      listener({ type: 'go-unpack', version })
      await removeTree(folder)
      await makeFolders(folder)
      const making: Making = { ...request, from, folder }
      const hash =
        source.kind === 'official'
          ? await unpackOfficial(file, archive.name, making)
          : await unpackModuleZip(file, { ...making, hash: request.hash! })
      await settle(making, hash, final)
    })
  } finally {
    await removeTree(file)
    await removeTree(folder)
  }
}

/**
 * Downloads and hands over to `use`. What was put together from several transfers and turns out wrong is fetched once more in one.
 * @throws GO_REFUSED
 */
async function downloadVerified(
  archive: Archive,
  file: string,
  from: string,
  request: FetchRequest,
  use: () => Promise<void>,
): Promise<void> {
  const teller = progressTeller(request)
  for (let attempt = 1; ; attempt++) {
    const onRetry = (reason: string): void => request.listener({ type: 'go-retry', version: request.version, reason })
    const downloaded: Downloaded = await download(archive.url, file, {
      ...request,
      onProgress: teller,
      onRetry,
      hashed: archive.sha256 !== undefined,
    })
    try {
      if (archive.sha256 !== undefined && downloaded.sha256 !== archive.sha256)
        throw new ArchiveDamage(`its SHA-256 is ${downloaded.sha256}, and should be ${archive.sha256}`)
      return await use()
    } catch (error) {
      if (!(error instanceof ArchiveDamage)) throw error
      if (!downloaded.resumed || attempt > 1)
        throw toolchainError('GO_REFUSED', {
          message: `Go ${request.version} from ${from} was thrown away: ${error.message}.`,
          cause: error,
        })
      onRetry(`what was put together of its parts is not right: ${error.message}`)
    }
  }
}

function moduleArchive(url: string, { version, host }: FetchRequest): Archive {
  const name = `${moduleVersion(version, host)}.zip`
  return { url: new URL(`${url}/${toolchainModule}/@v/${name}`), name }
}

async function officialArchive(url: string, request: FetchRequest): Promise<Archive> {
  const offered = await officialArchives(url, request.host, request)
  const found = offered.find(({ version }) => version === request.version)
  if (found === undefined) throw new NetworkTrouble('missing', 'its list has no such version')
  return { ...found, name: found.url.pathname }
}
