import type { ByteSource } from '../pe/byte-source.ts'
import { damaged, ifWhole } from './damage.ts'
import { digest } from './digest.ts'
import { findingList, isFine } from './findings.ts'
import { readElf } from './formats/elf.ts'
import { readMachO } from './formats/mach-o.ts'
import { readGoBuild, targetSettings } from './go-build.ts'
import type { OtherExecutableInspection } from './types.ts'

/**
 * Inspects a Linux or macOS executable.
 * @throws INSPECT_DAMAGED when its headers are cut off.
 */
export async function inspectOther(source: ByteSource, path: string, format: 'elf' | 'mach-o'): Promise<OtherExecutableInspection> {
  const { findings, add } = findingList()
  const refuse = (reason: string): never => damaged(`${path} is a damaged ${format === 'elf' ? 'ELF' : 'Mach-O'} executable. ${reason}`)
  const parsed = (await ifWhole(() => (format === 'elf' ? readElf(source) : readMachO(source)), refuse))!
  if (parsed.cut) add('SECTION_OUTSIDE_FILE', 'The file is cut off: a segment ends after its end.')
  const { sha256 } = await digest(source)
  const go = await readGoBuild(parsed.space, add)
  const settings = targetSettings(go)
  return {
    kind: 'executable',
    path,
    ok: isFine(findings),
    findings,
    size: source.size,
    sha256,
    format,
    os: settings.os ?? (format === 'mach-o' ? 'darwin' : null),
    arch: settings.arch ?? parsed.arch,
    bits: parsed.bits,
    symbols: parsed.symbols,
    debugInformation: parsed.debugInformation,
    go,
  }
}
