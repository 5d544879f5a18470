import { resourceType, type ResourceItem } from '../../pe/resource-directory.ts'
import type { ResourceRequest } from './types.ts'

const englishUs = 0x0409

/** Windows reads manifest 1 of an exe. */
const isManifest = ({ type, id }: ResourceItem): boolean => type === resourceType.manifest && id === 1

/** The exe has a manifest already, and none is configured. */
export function keepsManifest(items: readonly ResourceItem[], request: ResourceRequest['manifest']): boolean {
  return request.layer === 'fallback' && items.some(isManifest)
}

/** With several languages it would be undefined which one Windows reads, so there is only ever one manifest 1. */
export function replaceManifest(items: readonly ResourceItem[], xml: Buffer): ResourceItem[] {
  const language = items.find(isManifest)?.language ?? englishUs
  return [...items.filter((item) => !isManifest(item)), { type: resourceType.manifest, id: 1, language, codePage: 0, data: xml }]
}
