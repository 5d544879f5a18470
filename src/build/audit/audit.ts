import { open } from 'node:fs/promises'
import { archiveError } from '../../errors/archive.ts'
import { GopackError } from '../../errors/gopack-error.ts'
import { fileSource } from '../../pe/byte-source.ts'
import { endOfSections, machineNames } from '../../pe/headers.ts'
import { openPeImage } from '../../pe/image.ts'
import { readImportedNames } from '../../pe/imports.ts'
import { isPartOfWindows } from '../../pe/windows-dlls.ts'
import { originOf } from './origins.ts'

/** A file of the archive: its path inside, and where its bytes are. */
export interface AuditedFile {
  readonly name: string
  readonly path: string
}

interface Image {
  readonly name: string
  /** Processor, as Go calls it. */
  readonly arch: string
  readonly dlls: readonly string[]
  /** Why Windows could not load it; absent for what is right. */
  readonly broken?: string
}

/**
 * Reads what every program and DLL of an archive imports, at once or delayed, and sees that each DLL is part of every supported
 * Windows or lies beside the program. Only headers and import tables are read.
 * @throws DLL_MISSING, DLL_WRONG_KIND
 */
export async function auditFiles(files: readonly AuditedFile[], requires: readonly string[], signal?: AbortSignal): Promise<void> {
  const images = await Promise.all(files.map((file) => readImports(file, signal)))
  const byName = new Map(images.map((image) => [image.name.toLowerCase(), image]))
  const programFolders = images.filter(({ name }) => /\.exe$/i.test(name)).map(({ name }) => folderOf(name))
  const elsewhere = new Set(requires.map((dll) => dll.toLowerCase()))
  const missing: { image: Image; dll: string }[] = []
  for (const image of images) {
    // Windows looks in the folder of the program, also for what its DLLs import; a DLL may be loaded with its own folder.
    const folders = /\.exe$/i.test(image.name) ? [folderOf(image.name)] : [folderOf(image.name), ...programFolders]
    for (const dll of image.dlls) {
      if (isPartOfWindows(dll) || elsewhere.has(dll.toLowerCase())) continue
      const companion = folders.map((folder) => byName.get((folder + dll).toLowerCase())).find((found) => found !== undefined)
      if (companion === undefined) missing.push({ image, dll })
      else if (companion.broken !== undefined)
        throw archiveError('DLL_WRONG_KIND', { message: `${companion.name}, which ${image.name} imports, ${companion.broken}.` })
      else if (companion.arch !== image.arch)
        throw archiveError('DLL_WRONG_KIND', {
          message: `${companion.name} is for ${companion.arch}, and ${image.name}, which imports it, for ${image.arch}.`,
        })
    }
  }
  if (missing.length > 0) throw missingDlls(missing)
}

function missingDlls(missing: readonly { readonly image: Image; readonly dll: string }[]): GopackError {
  const told = missing.map(({ image, dll }) => {
    const origin = originOf(dll)
    return `${image.name} imports ${dll}${origin === undefined ? '' : ` (${origin.from})`}`
  })
  const fixes = [...new Set(missing.map(({ dll }) => originOf(dll)?.fix ?? ''))].filter((fix) => fix !== '')
  const one = new Set(missing.map(({ dll }) => dll.toLowerCase())).size === 1
  const names = [...new Set(missing.map(({ dll }) => dll))].join(', ')
  return archiveError('DLL_MISSING', {
    message: `${told.join('; ')}: ${one ? 'it is' : 'they are'} neither part of Windows nor beside the program in the archive.`,
    hint: [
      ...fixes,
      `Or put ${one ? 'it' : 'them'} beside the program with archive.files; or, where the machines have ${one ? 'it' : 'them'} from elsewhere, say archive.requires: [${names}].`,
    ].join(' '),
  })
}

const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1)

/** What is no Windows executable imports nothing, whatever it is called. */
async function readImports({ name, path }: AuditedFile, signal?: AbortSignal): Promise<Image> {
  const file = await open(path)
  try {
    const image = await openPeImage(await fileSource(file, signal), path)
    const arch = machineNames[image.headers.machine] ?? `machine 0x${image.headers.machine.toString(16)}`
    const dlls = await readImportedNames(image)
    return endOfSections(image.headers) > image.headers.fileSize ? { name, arch, dlls, broken: 'is cut off' } : { name, arch, dlls }
  } catch (error) {
    if (error instanceof GopackError && error.code === 'PE_UNREADABLE') return { name, arch: '', dlls: [], broken: 'is no Windows DLL' }
    throw error
  } finally {
    await file.close()
  }
}
