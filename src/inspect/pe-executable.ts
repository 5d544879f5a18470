import { peAddressSpace } from '../pe/build-info.ts'
import type { ByteSource } from '../pe/byte-source.ts'
import { lowestWindows } from '../go/lowest-windows.ts'
import { machineNames, type PeHeaders } from '../pe/headers.ts'
import { openPeImage, type PeImage } from '../pe/image.ts'
import { readImports } from '../pe/imports.ts'
import { readSectionNames } from '../pe/section-names.ts'
import { isPartOfWindows } from '../pe/windows-dlls.ts'
import { digest } from './digest.ts'
import { findingList, isFine, type AddFinding } from './findings.ts'
import { dllFlags, fileFlags, namedFlags, sectionFlags, subsystemName } from './flags.ts'
import { readGoBuild } from './go-build.ts'
import { readResources } from './resources/read.ts'
import { readOverlay, readSignature } from './signature.ts'
import type { PeInspection, Section } from './types.ts'

/**
 * Inspects a Windows executable. Only headers, tables and resources are kept in memory; the file streams past once for its hash.
 * @throws PE_UNREADABLE when it has no whole PE headers; everything else that is wrong is a finding.
 */
export async function inspectPe(source: ByteSource, path: string): Promise<PeInspection> {
  const image = await openPeImage(source, path)
  const { headers } = image
  const { findings, add } = findingList()
  const sections = await readSections(image, add)
  const { sha256, checksum } = await digest(source, headers.checksumOffset)
  const state = headers.checksum === 0 ? 'none' : headers.checksum === checksum ? 'right' : 'wrong'
  if (state === 'wrong') add('WRONG_CHECKSUM', 'The checksum in the headers is not that of the file: it was changed after linking.')
  const arch = machineNames[headers.machine] ?? null
  const go = await readGoBuild(peAddressSpace(image), add)
  const resources = await readResources(image, add)
  const imports = await readDlls(image, add)
  const signature = await readSignature(source, headers, add)
  const overlay = await readOverlay(source, headers, signature, add)
  return {
    kind: 'executable',
    path,
    ok: isFine(findings),
    findings,
    size: source.size,
    sha256,
    format: 'pe',
    os: 'windows',
    arch,
    bits: headers.plus ? 64 : 32,
    machine: hex(headers.machine),
    subsystem: subsystemName(headers.subsystem),
    subsystemVersion: `${headers.subsystemVersion.major}.${headers.subsystemVersion.minor}`,
    timestamp: headers.timestamp,
    imageBase: `0x${headers.imageBase.toString(16)}`,
    characteristics: namedFlags(headers.characteristics, fileFlags),
    dllCharacteristics: namedFlags(headers.dllCharacteristics, dllFlags),
    checksum: { stated: headers.checksum, computed: checksum, state },
    symbols: headers.symbolCount > 0,
    debugInformation: sections.some(({ name }) => /^\.z?debug_/.test(name)),
    sections,
    go,
    lowestWindows: go === null ? null : lowestWindows(go.version, arch),
    ...resources,
    imports,
    signature,
    overlay,
  }
}

async function readSections({ headers, source }: PeImage, add: AddFinding): Promise<readonly Section[]> {
  const names = await readSectionNames(source, headers)
  return headers.sections.map((section, index) => {
    const name = names[index]!
    if (section.rawSize > 0 && section.rawOffset + section.rawSize > source.size) {
      add(
        'SECTION_OUTSIDE_FILE',
        `The file is cut off: section ${name} ends ${section.rawOffset + section.rawSize - source.size} bytes after its end.`,
        name,
      )
    }
    return {
      name,
      virtualAddress: section.virtualAddress,
      virtualSize: section.virtualSize,
      offset: section.rawOffset,
      size: section.rawSize,
      flags: namedFlags(section.characteristics, sectionFlags),
    }
  })
}

async function readDlls(image: PeImage, add: AddFinding): Promise<PeInspection['imports']> {
  const { dlls, problems } = await readImports(image)
  for (const problem of problems) add('BAD_IMPORTS', problem)
  return dlls.map((one) => {
    const partOfWindows = isPartOfWindows(one.dll)
    if (!partOfWindows) add('FOREIGN_DLL', `${one.dll} is not part of Windows: without it beside the program it does not start.`, one.dll)
    return { ...one, count: one.functions.length, partOfWindows }
  })
}

function hex(machine: PeHeaders['machine']): string {
  return `0x${machine.toString(16).padStart(4, '0')}`
}
