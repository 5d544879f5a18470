/** Reads integers of a fixed byte order; an offset outside the bytes is a RangeError. */
export interface Words {
  readonly length: number
  u16(at: number): number
  u32(at: number): number
  /** As a number: what does not fit into 53 bits lies outside every file anyway. */
  u64(at: number): number
  text(at: number, length: number): string
}

export function wordsOf(bytes: Buffer, bigEndian: boolean): Words {
  return {
    length: bytes.length,
    u16: (at) => (bigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at)),
    u32: (at) => (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)),
    u64: (at) => Number(bigEndian ? bytes.readBigUInt64BE(at) : bytes.readBigUInt64LE(at)),
    text: (at, length) => bytes.toString('latin1', at, at + length).replace(/\0.*$/s, ''),
  }
}
