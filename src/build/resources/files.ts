import { isAbsolute, join } from 'node:path'
import type { ResourcesConfig } from '../../config/schema/resources.ts'
import type { FoundResources } from '../../project/resource-files/types.ts'
import { checkIcon } from './icon/read.ts'
import { readManifestFile } from './manifest-file.ts'
import type { ResourceLayer, ResourceRequest } from './types.ts'

/** The files a build takes its resources from, checked; absent where there are none. */
export interface ResourceFiles {
  readonly icon?: NonNullable<ResourceRequest['icon']>
  /** A whole manifest in a file; settings are no file. */
  readonly manifest?: ResourceRequest['manifest']
}

/**
 * Reads and checks icon and manifest, before anything is compiled. Paths of the configuration are relative to `base`.
 * @throws ICON_MISSING, ICON_BROKEN, ICON_TOO_LARGE, MANIFEST_MISSING, MANIFEST_BROKEN
 */
export async function readResourceFiles(config: ResourcesConfig | undefined, found: FoundResources, base: string): Promise<ResourceFiles> {
  const [icon, manifest] = await Promise.all([iconFile(config?.icon, found, base), manifestFile(config?.manifest, found, base)])
  return { ...(icon === undefined ? {} : { icon }), ...(manifest === undefined ? {} : { manifest }) }
}

async function iconFile(configured: ResourcesConfig['icon'], found: FoundResources, base: string): Promise<ResourceFiles['icon']> {
  if (configured === false || configured === 'none') return undefined
  const path = configured === undefined ? found.icon : absolute(configured, base)
  if (path === undefined) return undefined
  const { sha256 } = await checkIcon(path, configured === undefined ? found.source : undefined)
  return { layer: layerOf(configured), path, sha256 }
}

async function manifestFile(
  configured: ResourcesConfig['manifest'],
  found: FoundResources,
  base: string,
): Promise<ResourceFiles['manifest']> {
  if (typeof configured === 'object') return undefined
  const path = configured === undefined ? found.manifest?.file : absolute(configured, base)
  if (path === undefined) return undefined
  return { layer: layerOf(configured), xml: await readManifestFile(path) }
}

const layerOf = (configured: unknown): ResourceLayer => (configured === undefined ? 'fallback' : 'configured')
const absolute = (path: string, base: string): string => (isAbsolute(path) ? path : join(base, path))
