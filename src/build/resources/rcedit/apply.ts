import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resourceError } from '../../../errors/resources.ts'
import { resourceType, type ResourceItem } from '../../../pe/resource-directory.ts'
import { dropIcons, replaceIcon } from '../icon-group.ts'
import type { EmbedOptions } from '../embed.ts'
import type { Icon } from '../icon/types.ts'
import { keepsManifest, replaceManifest } from '../manifest-resource.ts'
import type { ResourceRequest } from '../types.ts'
import { setVersionFlags, textsToSet } from '../version-info.ts'
import { editWithRcedit } from './edit.ts'

/**
 * As `applyRequest`, but version information, icon and manifest are made by rcedit: in a small carrier exe,
 * from which they are then taken over (docs/adr/0002-two-resource-engines.md).
 * @throws RCEDIT_…
 */
export async function applyWithRcedit(
  existing: readonly ResourceItem[],
  request: ResourceRequest,
  icon: Icon | undefined,
  options: EmbedOptions,
): Promise<ResourceItem[]> {
  const versions = existing.filter(({ type }) => type === resourceType.version)
  const texts = onlyLanguage(versions, request)
  const folder = await mkdtemp(join(tmpdir(), 'gopack-rcedit-'))
  try {
    const edited = await editWithRcedit(
      folder,
      versions,
      { texts, version: request.version, icon, manifest: request.manifest.xml },
      options,
    )
    const version = setVersionFlags(edited.version, request.version)
    let items: ResourceItem[] = [...existing.filter(({ type }) => type !== resourceType.version), version]
    if (!keepsManifest(items, request.manifest)) items = replaceManifest(items, edited.manifest)
    if (request.dropIcon === true) items = dropIcons(items)
    return icon === undefined ? items : replaceIcon(items, edited.images)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** rcedit makes English version information, or changes the first table it finds; it cannot add a second language. */
function onlyLanguage(versions: readonly ResourceItem[], { version }: ResourceRequest): Record<string, string> {
  const languages = new Set([version.language, ...Object.keys(version.configured), ...Object.keys(version.fallback)])
  const { tables, texts } = textsToSet(versions, version)
  const impossible = languages.size > 1 || tables > 1 || (tables === 0 && version.language !== '0409')
  if (!impossible) return texts
  const wanted =
    tables > 1 ? `the executable has version information in ${tables} languages` : `the configuration asks for ${[...languages].join(', ')}`
  throw resourceError('RCEDIT_ONE_LANGUAGE', { message: `The engine rcedit writes one language only, and ${wanted}.` })
}
