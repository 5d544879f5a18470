import type { AddressSpace } from '../../pe/build-info.ts'
import type { ByteSource } from '../../pe/byte-source.ts'

/** A range of the file that is mapped at an address. */
export interface Segment {
  readonly address: number
  readonly offset: number
  readonly fileSize: number
}

/** What an ELF or Mach-O file says, as far as inspection needs it. */
export interface Executable {
  readonly arch: string | null
  readonly bits: 32 | 64
  readonly symbols: boolean
  readonly debugInformation: boolean
  /** True when a segment ends after the end of the file. */
  readonly cut: boolean
  readonly space: AddressSpace
}

export function segmentSpace(source: ByteSource, segments: readonly Segment[], dataStart: AddressSpace['dataStart']): AddressSpace {
  return {
    dataStart,
    async read(address, length) {
      const segment = segments.find((one) => address >= one.address && address < one.address + one.fileSize)
      if (segment === undefined) return Buffer.alloc(0)
      const inside = address - segment.address
      return source.read(segment.offset + inside, Math.min(length, segment.fileSize - inside))
    },
  }
}

export function isCut(source: ByteSource, segments: readonly Segment[]): boolean {
  return segments.some(({ offset, fileSize }) => fileSize > 0 && offset + fileSize > source.size)
}
