import type { ResourceItem } from '../../pe/resource-directory.ts'
import { dropIcons, replaceIcon } from './icon-group.ts'
import type { Icon } from './icon/types.ts'
import { keepsManifest, replaceManifest } from './manifest-resource.ts'
import type { ResourceRequest } from './types.ts'
import { applyVersionInfo } from './version-info.ts'

/**
 * The resources an exe shall have: those it has, with the request's layers applied. Pure.
 * `icon` is absent where none is wanted, or where the exe keeps its own.
 */
export function applyRequest(existing: readonly ResourceItem[], request: ResourceRequest, icon: Icon | undefined): ResourceItem[] {
  let items = applyVersionInfo(existing, request.version)
  if (!keepsManifest(items, request.manifest)) items = replaceManifest(items, Buffer.from(request.manifest.xml))
  if (request.dropIcon === true) items = dropIcons(items)
  return icon === undefined ? items : replaceIcon(items, icon.images)
}
