import { open, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { NtExecutable, NtExecutableResource } from 'pe-library'
import { resourceError } from '../../../errors/resources.ts'
import { fileSource } from '../../../pe/byte-source.ts'
import { readPeHeaders } from '../../../pe/headers.ts'
import { readResources, resourceType, type ResourceItem } from '../../../pe/resource-directory.ts'
import type { EmbedOptions } from '../embed.ts'
import { firstIconGroup, groupImages } from '../icon-group.ts'
import { encodeIco } from '../icon/ico-file.ts'
import type { Icon, IconImage } from '../icon/types.ts'
import { toLibraryEntries } from '../section.ts'
import type { ResourceRequest } from '../types.ts'
import { runWindowsProgram } from './wine.ts'

export interface Edit {
  readonly texts: Readonly<Record<string, string>>
  readonly version: ResourceRequest['version']
  readonly icon: Icon | undefined
  readonly manifest: string
}

export interface Edited {
  readonly version: ResourceItem
  readonly images: readonly IconImage[]
  readonly manifest: Buffer
}

// Plain names in the folder rcedit runs in: no path ever has to be translated, quoted or shortened.
const carrier = 'carrier.exe'
const iconName = 'icon.ico'
const manifestName = 'app.manifest'
// Windows allows 32,767 characters for a whole command line.
const commandLineLimit = 30_000

/** Lets rcedit write into an exe that holds nothing but the old version information, and reads back what it wrote. */
export async function editWithRcedit(
  folder: string,
  versions: readonly ResourceItem[],
  edit: Edit,
  options: EmbedOptions,
): Promise<Edited> {
  await writeFile(join(folder, carrier), emptyExe(versions))
  await writeFile(join(folder, manifestName), edit.manifest)
  if (edit.icon !== undefined) await writeFile(join(folder, iconName), encodeIco(edit.icon.images))
  const args = argumentsOf(edit)
  const length = args.reduce((total, arg) => total + arg.length + 3, 0)
  if (length > commandLineLimit)
    throw resourceError('RESOURCE_TEXT_TOO_LONG', {
      message: `The texts of the version information take ${length} characters; rcedit can be given ${commandLineLimit}.`,
    })
  const result = await runWindowsProgram({ file: rceditPath(), args, cwd: folder }, options.wine, options.signal)
  if (result.timedOut) throw failed('took longer than it may', result.output)
  if (result.exitCode !== 0)
    throw failed(result.exitCode === undefined ? 'was ended by a signal' : `ended with exit code ${result.exitCode}`, result.output)
  return readBack(join(folder, carrier), edit)
}

/** Never `--set-requested-execution-level`: on an exe without manifest it does not return and takes all memory there is. */
function argumentsOf({ texts, version, icon }: Edit): string[] {
  return [
    carrier,
    '--set-file-version',
    version.file.join('.'),
    '--set-product-version',
    version.product.join('.'),
    ...Object.entries(texts).flatMap(([key, text]) => ['--set-version-string', key, text]),
    ...(icon === undefined ? [] : ['--set-icon', iconName]),
    '--application-manifest',
    manifestName,
  ]
}

function emptyExe(items: readonly ResourceItem[]): Uint8Array {
  const exe = NtExecutable.createEmpty(false, false)
  const tree = NtExecutableResource.from(exe)
  tree.entries = toLibraryEntries(items)
  tree.outputResource(exe)
  return new Uint8Array(exe.generate())
}

/** The exe inside the package: it is a file of its own, so it is never bundled. */
function rceditPath(): string {
  try {
    const library = createRequire(import.meta.url).resolve('rcedit')
    return join(dirname(library), '..', 'bin', process.arch === 'ia32' ? 'rcedit.exe' : 'rcedit-x64.exe')
  } catch (cause) {
    throw resourceError('RCEDIT_MISSING', { message: 'The npm package rcedit cannot be found.', cause })
  }
}

/** rcedit ends with 0 even where it left something out, so nothing is believed that cannot be read back. */
async function readBack(path: string, edit: Edit): Promise<Edited> {
  const file = await open(path)
  try {
    const headers = await readPeHeaders(file, path)
    const items = await readResources(await fileSource(file), headers, path)
    const version = items.find(({ type }) => type === resourceType.version)
    const manifest = items.find(({ type }) => type === resourceType.manifest)
    const group = firstIconGroup(items)
    const images = group === undefined ? [] : groupImages(group, items)
    if (version === undefined) throw failed('wrote no version information')
    if (manifest === undefined || !manifest.data.toString('utf8').startsWith(edit.manifest)) throw failed('did not write the manifest')
    if (images.length !== (edit.icon?.images.length ?? 0)) throw failed('did not write the whole icon')
    return { version, images, manifest: manifest.data.subarray(0, Buffer.byteLength(edit.manifest)) }
  } finally {
    await file.close()
  }
}

function failed(what: string, output = ''): Error {
  const lines = output
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-20)
  return resourceError('RCEDIT_FAILED', { message: `rcedit ${what}.`, output: lines })
}
