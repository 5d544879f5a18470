import { directoryIndex, endOfSections, type PeHeaders } from '../pe/headers.ts'
import type { ByteSource } from '../pe/byte-source.ts'
import { symbolTableSize } from '../pe/section-names.ts'
import type { AddFinding } from './findings.ts'
import type { Signature } from './types.ts'

const entryLimit = 64

/**
 * The attribute certificate table (PE/COFF specification, "The Attribute Certificate Table"). Whether the signature in it
 * is valid is not asked here.
 */
export async function readSignature(source: ByteSource, headers: PeHeaders, add: AddFinding): Promise<Signature | null> {
  const directory = headers.dataDirectories[directoryIndex.certificate]
  if (directory === undefined || directory.size === 0) return null
  // The only directory that holds a file offset.
  const { virtualAddress: offset, size } = directory
  if (offset + size > source.size || offset < headers.sizeOfHeaders) {
    add('BAD_SIGNATURE_TABLE', 'The signature table lies outside the file.')
    return { verified: false, offset, size, entries: 0 }
  }
  let entries = 0
  for (let at = offset; at + 8 <= offset + size && entries < entryLimit; entries++) {
    const length = (await source.read(at, 8)).readUInt32LE(0)
    if (length < 8 || at + length > offset + size) {
      add('BAD_SIGNATURE_TABLE', 'An entry of the signature table has a wrong length.')
      break
    }
    at += Math.ceil(length / 8) * 8
  }
  return { verified: false, offset, size, entries }
}

/** Appended data: what follows the sections and the COFF symbol table and is no signature or the padding before one. */
export async function readOverlay(
  source: ByteSource,
  headers: PeHeaders,
  signature: Signature | null,
  add: AddFinding,
): Promise<{ readonly offset: number; readonly size: number } | null> {
  const symbolsEnd = headers.symbolTableOffset === 0 ? 0 : headers.symbolTableOffset + (await symbolTableSize(source, headers))
  const offset = Math.max(endOfSections(headers), symbolsEnd)
  if (signature === null) return offset < source.size ? { offset, size: source.size - offset } : null
  const behind = source.size - signature.offset - signature.size
  if (behind > 0) add('DATA_AFTER_SIGNATURE', `${behind} bytes follow the signature, which does not cover them.`)
  const size = signature.offset - offset
  if (size <= 0) return null
  const padding = size < 8 && (await source.read(offset, size)).every((byte) => byte === 0)
  return padding ? null : { offset, size }
}
