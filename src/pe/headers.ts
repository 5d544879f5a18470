import type { FileHandle } from 'node:fs/promises'
import { peError } from '../errors/pe.ts'

/** A section header (PE/COFF specification, "Section Table"); sizes and offsets in bytes. */
export interface PeSection {
  readonly name: string
  readonly virtualSize: number
  readonly virtualAddress: number
  readonly rawSize: number
  readonly rawOffset: number
  readonly characteristics: number
}

export interface DataDirectory {
  readonly virtualAddress: number
  readonly size: number
}

/** What the headers of a PE file say; offsets are file offsets in bytes. */
export interface PeHeaders {
  readonly fileSize: number
  /** Offset of the "PE\0\0" signature. */
  readonly peOffset: number
  readonly machine: number
  readonly timestamp: number
  readonly symbolTableOffset: number
  readonly symbolCount: number
  readonly characteristics: number
  readonly optionalHeaderOffset: number
  readonly optionalHeaderSize: number
  /** True for PE32+ (64 bit). */
  readonly plus: boolean
  readonly imageBase: bigint
  readonly sectionAlignment: number
  readonly fileAlignment: number
  readonly subsystemVersion: { readonly major: number; readonly minor: number }
  readonly sizeOfImage: number
  readonly sizeOfHeaders: number
  readonly checksum: number
  readonly checksumOffset: number
  readonly subsystem: number
  readonly dllCharacteristics: number
  readonly dataDirectoriesOffset: number
  readonly dataDirectories: readonly DataDirectory[]
  readonly sectionTableOffset: number
  readonly sections: readonly PeSection[]
}

/** Indexes into the data directories (PE/COFF specification, "Optional Header Data Directories"). */
export const directoryIndex = { export: 0, import: 1, resource: 2, certificate: 4, debug: 6, delayImport: 13, clr: 14 } as const

export const machineNames: Readonly<Record<number, string>> = { 0x014c: '386', 0x8664: 'amd64', 0xaa64: 'arm64', 0x01c4: 'arm' }

const headerLimit = 64 * 1024

/**
 * Reads the headers of an open PE file; only the first 64 KiB are read.
 * @throws PE_UNREADABLE when the file is no PE file or its headers are cut.
 */
export async function readPeHeaders(file: FileHandle, path: string): Promise<PeHeaders> {
  const fileSize = (await file.stat()).size
  const buffer = Buffer.alloc(Math.min(headerLimit, fileSize))
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
  return parsePeHeaders(buffer.subarray(0, bytesRead), fileSize, path)
}

/** The pure part of {@link readPeHeaders}: `bytes` is the start of the file. */
export function parsePeHeaders(bytes: Buffer, fileSize: number, path: string): PeHeaders {
  try {
    return parse(bytes, fileSize)
  } catch (cause) {
    const reason = cause instanceof RangeError ? 'its headers are cut off' : (cause as Error).message
    throw peError('PE_UNREADABLE', { message: `${path} is not a Windows executable: ${reason}.`, cause })
  }
}

function parse(bytes: Buffer, fileSize: number): PeHeaders {
  if (bytes.length < 64 || bytes.toString('latin1', 0, 2) !== 'MZ') throw new Error('it does not start with "MZ"')
  const peOffset = bytes.readUInt32LE(0x3c)
  if (peOffset + 24 > bytes.length || bytes.readUInt32LE(peOffset) !== 0x4550) throw new Error('it has no "PE" signature')
  const coff = peOffset + 4
  const sectionCount = bytes.readUInt16LE(coff + 2)
  const optionalHeaderSize = bytes.readUInt16LE(coff + 16)
  const optional = coff + 20
  const magic = bytes.readUInt16LE(optional)
  if (magic !== 0x10b && magic !== 0x20b) throw new Error('its optional header is of an unknown kind')
  const plus = magic === 0x20b
  const dataDirectoriesOffset = optional + (plus ? 112 : 96)
  const directoryCount = Math.min(16, bytes.readUInt32LE(dataDirectoriesOffset - 4))
  const dataDirectories = Array.from({ length: directoryCount }, (_, index) => ({
    virtualAddress: bytes.readUInt32LE(dataDirectoriesOffset + index * 8),
    size: bytes.readUInt32LE(dataDirectoriesOffset + index * 8 + 4),
  }))
  const sectionTableOffset = optional + optionalHeaderSize
  const sections = Array.from({ length: sectionCount }, (_, index) => parseSection(bytes, sectionTableOffset + index * 40))
  return {
    fileSize,
    peOffset,
    machine: bytes.readUInt16LE(coff),
    timestamp: bytes.readUInt32LE(coff + 4),
    symbolTableOffset: bytes.readUInt32LE(coff + 8),
    symbolCount: bytes.readUInt32LE(coff + 12),
    characteristics: bytes.readUInt16LE(coff + 18),
    optionalHeaderOffset: optional,
    optionalHeaderSize,
    plus,
    imageBase: plus ? bytes.readBigUInt64LE(optional + 24) : BigInt(bytes.readUInt32LE(optional + 28)),
    sectionAlignment: bytes.readUInt32LE(optional + 32),
    fileAlignment: bytes.readUInt32LE(optional + 36),
    subsystemVersion: { major: bytes.readUInt16LE(optional + 48), minor: bytes.readUInt16LE(optional + 50) },
    sizeOfImage: bytes.readUInt32LE(optional + 56),
    sizeOfHeaders: bytes.readUInt32LE(optional + 60),
    checksum: bytes.readUInt32LE(optional + 64),
    checksumOffset: optional + 64,
    subsystem: bytes.readUInt16LE(optional + 68),
    dllCharacteristics: bytes.readUInt16LE(optional + 70),
    dataDirectoriesOffset,
    dataDirectories,
    sectionTableOffset,
    sections,
  }
}

function parseSection(bytes: Buffer, offset: number): PeSection {
  return {
    name: bytes.toString('latin1', offset, offset + 8).replace(/\0.*$/s, ''),
    virtualSize: bytes.readUInt32LE(offset + 8),
    virtualAddress: bytes.readUInt32LE(offset + 12),
    rawSize: bytes.readUInt32LE(offset + 16),
    rawOffset: bytes.readUInt32LE(offset + 20),
    characteristics: bytes.readUInt32LE(offset + 36),
  }
}

/** File offset of an address in the loaded image, or undefined when no section's file data holds it. */
export function fileOffsetOf(headers: PeHeaders, virtualAddress: number): number | undefined {
  const section = headers.sections.find(
    (candidate) => virtualAddress >= candidate.virtualAddress && virtualAddress < candidate.virtualAddress + candidate.rawSize,
  )
  return section === undefined ? undefined : virtualAddress - section.virtualAddress + section.rawOffset
}

/** Where the last section's file data ends; whatever follows (symbol table, signature, appended data) is no section. */
export function endOfSections(headers: PeHeaders): number {
  return headers.sections.reduce(
    (end, section) => Math.max(end, section.rawSize === 0 ? 0 : section.rawOffset + section.rawSize),
    headers.sizeOfHeaders,
  )
}
