import { open, realpath } from 'node:fs/promises'
import { resourceError } from '../../errors/resources.ts'
import { peError } from '../../errors/pe.ts'
import { fileSource } from '../../pe/byte-source.ts'
import { directoryIndex, endOfSections, readPeHeaders, type PeHeaders } from '../../pe/headers.ts'
import { readResources, type ResourceItem } from '../../pe/resource-directory.ts'
import { placeForResources } from '../../pe/section-layout.ts'
import { writeWithSection } from '../../pe/write-section.ts'
import { wantsIcon } from './icon-group.ts'
import { readIcon } from './icon/read.ts'
import type { Icon } from './icon/types.ts'
import type { ResourceRequest } from './types.ts'

export interface EmbedOptions {
  readonly signal?: AbortSignal
  /** Where and how long Wine may run; only the engine rcedit off Windows looks at it. */
  readonly wine?: WineOptions
}

export interface WineOptions {
  /** Folder of the private WINEPREFIX; made when it is missing. One run at a time uses it. */
  readonly prefix: string
  /** Milliseconds for one run of rcedit. Default: 120,000. */
  readonly timeout?: number
}

export interface EmbeddedResources {
  /** Of the finished exe, in bytes. */
  readonly size: number
}

/**
 * Writes the exe at `input` with the requested resources to `output`: whole, flushed, mode 0755, or not at all.
 * `input` is never changed. The same input, icon and request give the same bytes.
 * @throws PE_UNREADABLE, RESOURCES_SIGNED, RESOURCES_NO_ROOM, ICON_…, RESOURCE_TEXT_TOO_LONG, RCEDIT_…
 */
export async function embedResources(
  input: string,
  output: string,
  request: ResourceRequest,
  options: EmbedOptions = {},
): Promise<EmbeddedResources> {
  const file = await open(input)
  try {
    if ((await realpath(output).catch(() => undefined)) === (await realpath(input)))
      throw new TypeError('embedResources: input and output are the same file')
    const headers = await readPeHeaders(file, input)
    checkInput(headers, input)
    const place = placeForResources(headers)
    if (place === undefined)
      throw resourceError('RESOURCES_NO_ROOM', { message: `${input} has ${headers.sections.length} sections and no room for another.` })
    const existing = await readResources(await fileSource(file, options.signal), headers, input)
    const icon = wantsIcon(existing, request) ? await plannedIcon(request.icon!) : undefined
    const items = await applyWith(request, existing, icon, options)
    const { resourceSection } = await import('./section.ts')
    const section = resourceSection(items, place.virtualAddress, headers.fileAlignment)
    return await writeWithSection(file, headers, place, section, output, options.signal)
  } finally {
    await file.close()
  }
}

function checkInput(headers: PeHeaders, input: string): void {
  const unusable = (reason: string): Error => peError('PE_UNREADABLE', { message: `${input} cannot be given resources: ${reason}.` })
  if ((headers.dataDirectories[directoryIndex.certificate]?.size ?? 0) > 0) {
    throw resourceError('RESOURCES_SIGNED', { message: `${input} is signed already.` })
  }
  if (headers.dataDirectories.length <= directoryIndex.resource) throw unusable('its headers have no place for a resource directory')
  if (headers.fileAlignment < 16 || headers.sectionAlignment < headers.fileAlignment)
    throw unusable('its sections are aligned in an unusual way')
  if (endOfSections(headers) > headers.fileSize) throw unusable('it is cut off')
}

/** Reads the icon, and makes sure that it is still the one the plan saw. */
async function plannedIcon(planned: NonNullable<ResourceRequest['icon']>): Promise<Icon> {
  const icon = await readIcon(planned.path)
  if (icon.sha256 === planned.sha256) return icon
  throw resourceError('ICON_CHANGED', { message: `${planned.path} changed while the build was running.` })
}

async function applyWith(
  request: ResourceRequest,
  existing: readonly ResourceItem[],
  icon: Icon | undefined,
  options: EmbedOptions,
): Promise<readonly ResourceItem[]> {
  if (request.engine === 'portable') return (await import('./apply.ts')).applyRequest(existing, request, icon)
  const { applyWithRcedit } = await import('./rcedit/apply.ts')
  return applyWithRcedit(existing, request, icon, options)
}
