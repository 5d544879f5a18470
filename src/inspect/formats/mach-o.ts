import type { ByteSource } from '../../pe/byte-source.ts'
import { damaged } from '../damage.ts'
import { isCut, segmentSpace, type Executable, type Segment } from './segments.ts'
import { wordsOf, type Words } from './words.ts'

const commandsLimit = 4 << 20
const universal = 0xcafe_babe
const readWrite = 3
const commands = { segment: 0x1, symbolTable: 0x2, segment64: 0x19 } as const
const machines: Readonly<Record<number, string>> = { 7: '386', 12: 'arm', 0x0100_0007: 'amd64', 0x0100_000c: 'arm64', 0x0100_0012: 'ppc64' }

interface Found {
  readonly segments: (Segment & { readonly name: string; readonly memorySize: number; readonly readWrite: boolean })[]
  readonly sections: { readonly name: string; readonly address: number; readonly size: number }[]
  symbolCount: number
}

/**
 * Reads a Mach-O executable, of a universal file the first architecture (Apple's mach-o/loader.h and mach-o/fat.h).
 * @throws INSPECT_DAMAGED or RangeError when its load commands are cut off.
 */
export async function readMachO(file: ByteSource): Promise<Executable> {
  const source = await firstArchitecture(file)
  const head = await source.read(0, 32)
  const bigEndian = head.readUInt8(0) === 0xfe
  const words = wordsOf(head, bigEndian)
  const wide = (words.u32(0) & 1) === 1
  const size = words.u32(20)
  if (size > commandsLimit) damaged('Its load commands are too large.')
  const bytes = await source.read(wide ? 32 : 28, size)
  if (bytes.length < size) damaged('Its load commands are cut off.')
  const found = parseCommands(wordsOf(bytes, bigEndian), words.u32(16))
  const marked = found.sections.find(({ name }) => name === '__go_buildinfo')
  const data = found.segments.find((one) => one.address !== 0 && one.fileSize !== 0 && one.readWrite)
  return {
    arch: machines[words.u32(4)] ?? null,
    bits: wide ? 64 : 32,
    symbols: found.symbolCount > 0,
    debugInformation: found.segments.some(({ name }) => name === '__DWARF'),
    cut: isCut(source, found.segments),
    space: segmentSpace(
      source,
      found.segments.filter(({ name }) => name !== '__PAGEZERO'),
      marked ?? (data === undefined ? undefined : { address: data.address, size: data.memorySize }),
    ),
  }
}

async function firstArchitecture(file: ByteSource): Promise<ByteSource> {
  const head = await file.read(0, 28)
  if (head.readUInt32BE(0) !== universal) return file
  const offset = head.readUInt32BE(16)
  const size = Math.min(head.readUInt32BE(20), Math.max(0, file.size - offset))
  const inner: ByteSource = { size, read: (at, length) => file.read(offset + at, Math.min(length, Math.max(0, size - at))) }
  const magic = await inner.read(0, 4)
  if (!isMachO(magic)) damaged('Its first architecture is no Mach-O executable.')
  return inner
}

/** True for the first bytes of a Mach-O file that is not universal. */
export function isMachO(head: Buffer): boolean {
  return head.length >= 4 && ((head.readUInt32BE(0) & ~1) >>> 0 === 0xfeed_face || (head.readUInt32LE(0) & ~1) >>> 0 === 0xfeed_face)
}

function parseCommands(words: Words, count: number): Found {
  const found: Found = { segments: [], sections: [], symbolCount: 0 }
  for (let index = 0, at = 0; index < count; index++) {
    const size = words.u32(at + 4)
    if (size < 8 || at + size > words.length) damaged('A load command has a wrong size.')
    const command = words.u32(at)
    if (command === commands.symbolTable) found.symbolCount = words.u32(at + 12)
    if (command === commands.segment || command === commands.segment64) parseSegment(words, at, at + size, found)
    at += size
  }
  return found
}

function parseSegment(words: Words, at: number, end: number, found: Found): void {
  const wide = words.u32(at) === commands.segment64
  const word = (offset32: number, offset64: number): number => (wide ? words.u64(at + offset64) : words.u32(at + offset32))
  const protection = at + (wide ? 56 : 40)
  found.segments.push({
    name: words.text(at + 8, 16),
    address: word(24, 24),
    memorySize: word(28, 32),
    offset: word(32, 40),
    fileSize: word(36, 48),
    readWrite: words.u32(protection) === readWrite && words.u32(protection + 4) === readWrite,
  })
  const sectionSize = wide ? 80 : 68
  let section = protection + 16
  for (let left = words.u32(protection + 8); left > 0; left--, section += sectionSize) {
    if (section + sectionSize > end) damaged('A load command is shorter than its sections.')
    const address = wide ? words.u64(section + 32) : words.u32(section + 32)
    found.sections.push({ name: words.text(section, 16), address, size: wide ? words.u64(section + 40) : words.u32(section + 36) })
  }
}
