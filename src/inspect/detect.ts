import { isMachO } from './formats/mach-o.ts'

export type ExecutableFormat = 'pe' | 'elf' | 'mach-o'

const universalMachO = 0xcafe_babe
/** A Java class file begins like a universal Mach-O file, but its next number is a version above this. */
const mostArchitectures = 32

/** The executable format the first bytes tell of; undefined for anything else. */
export function executableFormat(head: Buffer): ExecutableFormat | undefined {
  if (head.toString('latin1', 0, 2) === 'MZ') return 'pe'
  if (head.toString('latin1', 0, 4) === '\x7fELF') return 'elf'
  if (isMachO(head)) return 'mach-o'
  return head.length >= 8 && head.readUInt32BE(0) === universalMachO && head.readUInt32BE(4) <= mostArchitectures ? 'mach-o' : undefined
}

export function archiveFormat(head: Buffer): 'zip' | 'tar.gz' | undefined {
  const start = head.toString('latin1', 0, 4)
  if (start === 'PK\x03\x04' || start === 'PK\x05\x06') return 'zip'
  return start.startsWith('\x1f\x8b') ? 'tar.gz' : undefined
}

const kinds: readonly (readonly [start: string, kind: string])[] = [
  ['7z\xbc\xaf\x27\x1c', 'a 7-Zip archive'],
  ['Rar!', 'a RAR archive'],
  ['\xfd7zXZ', 'an xz archive'],
  ['BZh', 'a bzip2 archive'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard archive'],
  ['\xd0\xcf\x11\xe0', 'an MSI installer or another OLE file'],
  ['!<arch>', 'a static library or Debian package'],
  ['\xca\xfe\xba\xbe', 'a Java class file'],
  ['\x89PNG', 'a PNG image'],
  ['%PDF', 'a PDF'],
  ['#!', 'a script'],
]

/** What a file that can not be inspected seems to be. */
export function describeUnknown(head: Buffer): string {
  if (head.length === 0) return 'an empty file'
  const start = head.toString('latin1', 0, 16)
  const known = kinds.find(([magic]) => start.startsWith(magic))?.[1]
  return known ?? (head.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13)) ? 'a text file' : 'no known kind of file')
}
