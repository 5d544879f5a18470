import { maskAddress, maskSecrets } from '../../host/mask.ts'
import { fetchText } from './network/fetch-text.ts'
import { NetworkTrouble } from './network/trouble.ts'
import { officialArchives } from './official.ts'
import { moduleVersion, toolchainModule, type GoSource } from './sources.ts'
import type { GoHost, ProvisionContext } from './types.ts'

/**
 * The versions of Go the first source that answers has for a machine; undefined where none answers.
 * Proxies list what they were asked for before, so a version that is not listed may be there all the same.
 */
export async function publishedVersions(
  sources: readonly GoSource[],
  host: GoHost,
  context: ProvisionContext,
): Promise<string[] | undefined> {
  for (const source of sources) {
    if (source.kind === 'off' || source.kind === 'wrong') return undefined
    try {
      if (source.kind === 'official') return (await officialArchives(source.url, host, context)).map(({ version }) => version)
      const versions = listedVersions(await fetchText(new URL(`${source.url}/${toolchainModule}/@v/list`), context), host)
      if (versions.length > 0) return versions
    } catch (error) {
      if (!(error instanceof NetworkTrouble)) throw error
      if (error.kind !== 'missing' && source.next !== 'any') return undefined
    }
  }
  return undefined
}

/**
 * True where every source that may be asked says that there is no such version; false where one has it, or cannot tell.
 */
export async function isUnknown(version: string, sources: readonly GoSource[], host: GoHost, context: ProvisionContext): Promise<boolean> {
  for (const source of sources) {
    if (source.kind === 'off' || source.kind === 'wrong') return false
    try {
      if (source.kind === 'official')
        return !(await officialArchives(source.url, host, context)).some((archive) => archive.version === version)
      await fetchText(new URL(`${source.url}/${toolchainModule}/@v/${moduleVersion(version, host)}.info`), context)
      return false
    } catch (error) {
      if (!(error instanceof NetworkTrouble)) throw error
      if (error.kind !== 'missing' && source.next !== 'any') return false
      if (error.kind !== 'missing' && source.kind === 'proxy') return false
    }
  }
  return true
}

function listedVersions(text: string, { os, arch }: GoHost): string[] {
  const ending = `.${os}-${arch}`
  return text
    .split('\n')
    .filter((line) => line.startsWith('v0.0.1-go') && line.endsWith(ending))
    .map((line) => line.slice('v0.0.1-go'.length, -ending.length))
}

/** A source as people may see it. */
export const sourceName = (url: string): string => maskSecrets(maskAddress(url))
