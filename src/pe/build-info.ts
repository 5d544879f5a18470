import type { PeImage } from './image.ts'
import { readImage } from './image.ts'

/** The loaded image as Go's own reader sees it, whatever the executable format (Go's debug/buildinfo). */
export interface AddressSpace {
  /** Where the build information must be; undefined when there is no such place. */
  readonly dataStart: { readonly address: number; readonly size: number } | undefined
  /** Bytes at an address; fewer where the segment's file data ends, none where nothing is mapped. */
  read(address: number, length: number): Promise<Buffer>
}

export interface RawBuildInfo {
  readonly goVersion: string
  /** Lines `path`, `mod`, `dep`, `=>`, `build`; empty for a program built without modules. */
  readonly modules: string
}

const magic = Buffer.from('\xff Go buildinf:', 'latin1')
const align = 16
const headerSize = 32
const chunkSize = 1 << 20
/** The largest known block is far below 1 MiB. */
const longestString = 4 << 20

/** Reads the block the Go linker leaves; undefined when there is none, as in programs not made by Go. */
export async function readRawBuildInfo(space: AddressSpace): Promise<RawBuildInfo | undefined> {
  const address = await findMagic(space)
  if (address === undefined) return undefined
  const header = await space.read(address, headerSize)
  if (header.length < headerSize) return undefined
  const strings = (header[15]! & 2) === 0 ? await readPointers(space, header) : await readInline(space, address + headerSize)
  if (strings === undefined || strings.version.length === 0) return undefined
  return { goVersion: strings.version.toString('utf8'), modules: withoutFrame(strings.modules).toString('utf8') }
}

async function findMagic(space: AddressSpace): Promise<number | undefined> {
  if (space.dataStart === undefined) return undefined
  const end = space.dataStart.address + space.dataStart.size
  for (let start = Math.ceil(space.dataStart.address / align) * align; start < end; start += chunkSize) {
    const chunk = await space.read(start, Math.min(chunkSize, end - start))
    if (chunk.length === 0) return undefined
    for (let at = chunk.indexOf(magic); at >= 0; at = chunk.indexOf(magic, at + 1)) {
      if (at % align === 0) return start + at
    }
  }
  return undefined
}

interface Strings {
  readonly version: Buffer
  readonly modules: Buffer
}

/** Since Go 1.18 both strings follow the header, each after its length. */
async function readInline(space: AddressSpace, address: number): Promise<Strings | undefined> {
  const version = await readCounted(space, address)
  const modules = version === undefined ? undefined : await readCounted(space, version.end)
  return version === undefined || modules === undefined ? undefined : { version: version.bytes, modules: modules.bytes }
}

async function readCounted(space: AddressSpace, address: number): Promise<{ bytes: Buffer; end: number } | undefined> {
  const prefix = await space.read(address, 10)
  let length = 0
  for (let index = 0; index < prefix.length; index++) {
    length += (prefix[index]! & 0x7f) * 2 ** (7 * index)
    if (prefix[index]! >= 0x80) continue
    if (length > longestString) return undefined
    const start = address + index + 1
    const bytes = await space.read(start, length)
    return bytes.length < length ? undefined : { bytes, end: start + length }
  }
  return undefined
}

/** Before Go 1.18 the header holds pointers to two Go strings. */
async function readPointers(space: AddressSpace, header: Buffer): Promise<Strings | undefined> {
  const size = header[14]
  if (size !== 4 && size !== 8) return undefined
  const bigEndian = (header[15]! & 1) === 1
  const pointer = (bytes: Buffer, at: number): number =>
    size === 4
      ? bigEndian
        ? bytes.readUInt32BE(at)
        : bytes.readUInt32LE(at)
      : Number(bigEndian ? bytes.readBigUInt64BE(at) : bytes.readBigUInt64LE(at))
  const readString = async (at: number): Promise<Buffer> => {
    const words = await space.read(at, 2 * size)
    if (words.length < 2 * size || pointer(words, size) > longestString) return Buffer.alloc(0)
    const bytes = await space.read(pointer(words, 0), pointer(words, size))
    return bytes.length < pointer(words, size) ? Buffer.alloc(0) : bytes
  }
  return { version: await readString(pointer(header, 16)), modules: await readString(pointer(header, 16 + size)) }
}

/** The linker puts 16 marker bytes at each end of the module text. */
function withoutFrame(modules: Buffer): Buffer {
  return modules.length >= 33 && modules[modules.length - 17] === 0x0a ? modules.subarray(16, -16) : Buffer.alloc(0)
}

const initializedReadWrite = 0xc000_0040
const alignment32 = 0x0060_0000

/** A PE file as an address space: the first plain read-write data section holds the build information. */
export function peAddressSpace(image: PeImage): AddressSpace {
  const base = Number(image.headers.imageBase)
  const data = image.headers.sections.find(
    (section) =>
      section.virtualAddress !== 0 && section.rawSize !== 0 && (section.characteristics & ~alignment32) >>> 0 === initializedReadWrite,
  )
  return {
    dataStart: data === undefined ? undefined : { address: base + data.virtualAddress, size: data.virtualSize },
    read: (address, length) => readImage(image, address - base, length),
  }
}
