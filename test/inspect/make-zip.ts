import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipMember {
  readonly name: string
  readonly data: Buffer | string
  readonly store?: boolean
  readonly mode?: number
  /** What the headers state instead of the truth. */
  readonly lie?: {
    readonly size?: number
    readonly crc?: number
    readonly localName?: string
    readonly offset?: number
    readonly method?: number
  }
  readonly extra?: Buffer
}

/** Writes a zip by hand, so that it can be as hostile as a test needs. All times are 2026-11-21 15:30:00. */
export function makeZip(members: readonly ZipMember[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const member of members) {
    const data = Buffer.from(member.data as string)
    const packed = member.store === true ? data : deflateRawSync(data)
    const lie = member.lie ?? {}
    const extra = member.extra ?? Buffer.alloc(0)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x800, 2)
    common.writeUInt16LE(lie.method ?? (member.store === true ? 0 : 8), 4)
    common.writeUInt16LE((15 << 11) | (30 << 5), 6)
    common.writeUInt16LE(((2026 - 1980) << 9) | (11 << 5) | 21, 8)
    common.writeUInt32LE(lie.crc ?? crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(lie.size ?? data.length, 18)
    common.writeUInt16LE(extra.length, 24)
    const local = (name: Buffer): Buffer => withNameLength(common, name)
    const localName = Buffer.from(lie.localName ?? member.name)
    const name = Buffer.from(member.name)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(((member.mode ?? 0o100644) << 16) >>> 0, 6)
    tail.writeUInt32LE(lie.offset ?? offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), local(name), tail, name, extra)
    const entry = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), local(localName), localName, extra, packed])
    parts.push(entry)
    offset += entry.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, central, end])
}

function withNameLength(common: Buffer, name: Buffer): Buffer {
  const copy = Buffer.from(common)
  copy.writeUInt16LE(name.length, 22)
  return copy
}
