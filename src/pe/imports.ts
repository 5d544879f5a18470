import type { PeImage } from './image.ts'
import { readImage, readImageString } from './image.ts'
import { directoryIndex } from './headers.ts'

/** The functions one DLL is asked for; an ordinal is written `#12`. */
export interface ImportedDll {
  readonly dll: string
  readonly delayed: boolean
  readonly functions: readonly string[]
}

export interface Imports {
  readonly dlls: readonly ImportedDll[]
  /** What could not be read, one sentence each. */
  readonly problems: readonly string[]
}

interface Descriptor {
  readonly nameAddress: number
  readonly thunksAddress: number
}

const limits = { dlls: 1024, functions: 65_536, nameLength: 512 }

/** Reads the import table and the delay import table (PE/COFF specification, "The .idata Section", "Delay-Load Import Tables"). */
export async function readImports(image: PeImage): Promise<Imports> {
  const problems: string[] = []
  const dlls: ImportedDll[] = []
  let left = limits.functions
  for (const delayed of [false, true]) {
    for (const descriptor of await readDescriptors(image, delayed, problems)) {
      const dll = await readImageString(image, descriptor.nameAddress, limits.nameLength)
      if (dll === undefined) {
        problems.push('The name of an imported DLL lies outside the file.')
        continue
      }
      const functions = await readFunctions(image, descriptor, left, problems, dll)
      left -= functions.length
      dlls.push({ dll, delayed, functions })
    }
  }
  return { dlls, problems }
}

/** Only the names of the DLLs, at once or delayed; each once, as it is first written. */
export async function readImportedNames(image: PeImage): Promise<readonly string[]> {
  const names = new Map<string, string>()
  for (const delayed of [false, true]) {
    for (const { nameAddress } of await readDescriptors(image, delayed, [])) {
      const dll = await readImageString(image, nameAddress, limits.nameLength)
      if (dll !== undefined && !names.has(dll.toLowerCase())) names.set(dll.toLowerCase(), dll)
    }
  }
  return [...names.values()]
}

async function readDescriptors(image: PeImage, delayed: boolean, problems: string[]): Promise<readonly Descriptor[]> {
  const directory = image.headers.dataDirectories[delayed ? directoryIndex.delayImport : directoryIndex.import]
  if (directory === undefined || directory.virtualAddress === 0) return []
  const table = delayed ? 'delay import table' : 'import table'
  const size = delayed ? 32 : 20
  const found: Descriptor[] = []
  for (let index = 0; index < limits.dlls; index++) {
    const bytes = await readImage(image, directory.virtualAddress + index * size, size)
    if (bytes.length < size) {
      problems.push(`The ${table} is cut off or lies outside the file.`)
      return found
    }
    const descriptor = delayed ? parseDelayed(bytes, image) : parseDirect(bytes)
    if (descriptor.nameAddress === 0) return found
    found.push(descriptor)
  }
  problems.push(`The ${table} has no end within ${limits.dlls} entries.`)
  return found
}

function parseDirect(bytes: Buffer): Descriptor {
  const lookupTable = bytes.readUInt32LE(0)
  return { nameAddress: bytes.readUInt32LE(12), thunksAddress: lookupTable === 0 ? bytes.readUInt32LE(16) : lookupTable }
}

/** Old linkers wrote absolute addresses and left bit 0 of the attributes clear. */
function parseDelayed(bytes: Buffer, image: PeImage): Descriptor {
  const base = (bytes.readUInt32LE(0) & 1) === 1 ? 0 : Number(image.headers.imageBase)
  const relative = (address: number): number => (address === 0 ? 0 : Math.max(0, address - base))
  return { nameAddress: relative(bytes.readUInt32LE(4)), thunksAddress: relative(bytes.readUInt32LE(16)) }
}

async function readFunctions(image: PeImage, from: Descriptor, limit: number, problems: string[], dll: string): Promise<readonly string[]> {
  const size = image.headers.plus ? 8 : 4
  const functions: string[] = []
  for (;;) {
    const bytes = await readImage(image, from.thunksAddress + functions.length * size, size)
    if (bytes.length < size || functions.length >= limit) {
      problems.push(`The list of functions imported from ${dll} has no end.`)
      return functions
    }
    const low = bytes.readUInt32LE(0)
    const high = size === 8 ? bytes.readUInt32LE(4) : low
    if (low === 0 && high === 0) return functions
    const byOrdinal = high >= 0x8000_0000
    // A hint of two bytes stands before the name.
    const name = byOrdinal ? `#${low & 0xffff}` : await readImageString(image, (low & 0x7fff_ffff) + 2, limits.nameLength)
    if (name === undefined) problems.push(`The name of a function imported from ${dll} lies outside the file.`)
    if (name === undefined) return functions
    functions.push(name)
  }
}
