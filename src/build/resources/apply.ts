import { resourceType, type ResourceItem } from '../../pe/resource-directory.ts'
import { dropIcons, replaceIcon } from './icon-group.ts'
import type { Icon } from './icon/types.ts'
import type { ResourceRequest } from './types.ts'
import { applyVersionInfo } from './version-info.ts'

const englishUs = 0x0409

/**
 * The resources an exe shall have: those it has, with the request's layers applied. Pure.
 * `icon` is absent where none is wanted, or where the exe keeps its own.
 */
export function applyRequest(existing: readonly ResourceItem[], request: ResourceRequest, icon: Icon | undefined): ResourceItem[] {
  let items = applyVersionInfo(existing, request.version)
  items = applyManifest(items, request.manifest)
  if (request.dropIcon === true) items = dropIcons(items)
  if (icon !== undefined) items = replaceIcon(items, icon.images)
  return items
}

/** Windows reads manifest 1 of an exe; with several languages it would be undefined which, so there is only ever one. */
function applyManifest(items: readonly ResourceItem[], request: ResourceRequest['manifest']): ResourceItem[] {
  const isManifest = ({ type, id }: ResourceItem): boolean => type === resourceType.manifest && id === 1
  const old = items.find(isManifest)
  if (old !== undefined && request.layer === 'fallback') return [...items]
  const manifest = { type: resourceType.manifest, id: 1, language: old?.language ?? englishUs, codePage: 0, data: Buffer.from(request.xml) }
  return [...items.filter((item) => !isManifest(item)), manifest]
}
