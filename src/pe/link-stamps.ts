import type { FileHandle } from 'node:fs/promises'
import { directoryIndex, fileOffsetOf, type PeHeaders } from './headers.ts'
import type { Patch } from './patches.ts'

const entrySize = 28
/** PE/COFF specification, "Debug Type". */
const debugType = { codeView: 2, repro: 16 } as const
/** The go command looks for its build ID here too (cmd/internal/buildid). */
const buildIdReach = 64 * 1024

/**
 * What takes the link itself out of an executable that lld has linked: where it is asked for reproducible output it stamps a hash
 * that differs from link to link all the same, and Go's build ID ends in a hash of those bytes. Nothing for other linkers.
 * Time stamps become 0, the name of a symbol file nobody has becomes empty, the build ID ends as it begins.
 */
export async function linkStamps(file: FileHandle, headers: PeHeaders): Promise<Patch[]> {
  const entries = await debugEntries(file, headers)
  if (!entries.some(({ type }) => type === debugType.repro)) return []
  const patches: Patch[] = [
    { offset: headers.peOffset + 8, bytes: new Uint8Array(4) },
    ...entries.map(({ offset }) => ({ offset: offset + 4, bytes: new Uint8Array(4) })),
  ]
  for (const { type, dataOffset, dataSize } of entries) {
    if (type !== debugType.codeView || dataSize < 24) continue
    const signature = await read(file, dataOffset, 4)
    if (signature.toString('latin1') === 'RSDS') patches.push({ offset: dataOffset + 4, bytes: new Uint8Array(16) })
  }
  patches.push(...buildIdPatch(await read(file, 0, buildIdReach)))
  return patches.sort((a, b) => a.offset - b.offset)
}

interface DebugEntry {
  readonly offset: number
  readonly type: number
  readonly dataOffset: number
  readonly dataSize: number
}

/** The debug directory (PE/COFF specification, "Debug Directory"). */
async function debugEntries(file: FileHandle, headers: PeHeaders): Promise<DebugEntry[]> {
  const directory = headers.dataDirectories[directoryIndex.debug]
  const start = directory === undefined || directory.size === 0 ? undefined : fileOffsetOf(headers, directory.virtualAddress)
  if (directory === undefined || start === undefined) return []
  const bytes = await read(file, start, Math.min(directory.size, 64 * entrySize))
  return Array.from({ length: Math.floor(bytes.length / entrySize) }, (_, index) => {
    const at = index * entrySize
    return {
      offset: start + at,
      type: bytes.readUInt32LE(at + 12),
      dataSize: bytes.readUInt32LE(at + 16),
      dataOffset: bytes.readUInt32LE(at + 24),
    }
  })
}

/** `action/main action/main content/content`: the last part is of the bytes of this very link. */
function buildIdPatch(start: Buffer): Patch[] {
  const match = /\xff Go build ID: "([^"\n]+)"\n \xff/.exec(start.toString('latin1'))
  const parts = match?.[1]?.split('/') ?? []
  const [first = ''] = parts
  const last = parts.at(-1) ?? ''
  if (match === null || parts.length !== 4 || first.length !== last.length) return []
  const offset = match.index + match[0].indexOf('"') + 1 + match[1]!.length - last.length
  return [{ offset, bytes: Buffer.from(first, 'latin1') }]
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
