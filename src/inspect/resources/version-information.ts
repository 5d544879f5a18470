import { damaged } from '../damage.ts'

type FourNumbers = readonly [number, number, number, number]

/** One RT_VERSION resource, decoded. */
export interface VersionInformation {
  /** LANGID of the resource, four hex digits. */
  readonly language: string
  readonly fixed: FixedVersion | null
  /** By language and code page as they stand in the resource, `040904b0`: the strings. */
  readonly strings: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly translations: readonly string[]
}

export interface FixedVersion {
  readonly fileVersion: FourNumbers
  readonly productVersion: FourNumbers
  readonly flagsMask: number
  readonly flags: number
  readonly flagNames: readonly string[]
  readonly os: number
  readonly type: number
  readonly subtype: number
}

interface Block {
  readonly key: string
  readonly value: Buffer
  /** False: the value is text. */
  readonly binary: boolean
  readonly valueLength: number
  readonly children: readonly Block[]
}

const deepest = 4
const flagNames = ['debug', 'prerelease', 'patched', 'private-build', 'info-inferred', 'special-build']

/**
 * Decodes VS_VERSIONINFO (Windows documentation, "Version Information Structures").
 * @throws INSPECT_DAMAGED or RangeError when it is no such structure.
 */
export function parseVersionInformation(bytes: Buffer, language: string): VersionInformation {
  const root = parseBlock(bytes, 0, bytes.length, 1).block
  if (root.key !== 'VS_VERSION_INFO') damaged('It does not begin with VS_VERSION_INFO.')
  const named = (key: string): readonly Block[] => root.children.filter((child) => child.key === key).flatMap((child) => child.children)
  const tables = named('StringFileInfo')
  return {
    language,
    fixed: root.valueLength >= 52 ? parseFixed(root.value) : null,
    strings: Object.fromEntries(
      tables.map((table) => [table.key, Object.fromEntries(table.children.map((entry) => [entry.key, textOf(entry)]))]),
    ),
    translations: named('VarFileInfo')
      .filter(({ key }) => key === 'Translation')
      .flatMap(parseTranslations),
  }
}

function parseBlock(bytes: Buffer, start: number, limit: number, depth: number): { block: Block; end: number } {
  const end = start + bytes.readUInt16LE(start)
  if (end < start + 6 || end > limit || depth > deepest) damaged('A block in it has a wrong length.')
  const valueLength = bytes.readUInt16LE(start + 2)
  const binary = bytes.readUInt16LE(start + 4) === 0
  let keyEnd = start + 6
  while (keyEnd + 2 <= end && bytes.readUInt16LE(keyEnd) !== 0) keyEnd += 2
  const valueStart = Math.min(align(keyEnd + 2), end)
  // The innermost blocks hold nothing but their text, and tools disagree whether its length counts bytes or characters.
  const valueEnd = depth === deepest ? end : Math.min(end, valueStart + (binary ? valueLength : valueLength * 2))
  const children: Block[] = []
  for (let at = align(valueEnd); depth < deepest && at + 6 <= end && bytes.readUInt16LE(at) !== 0;) {
    const child = parseBlock(bytes, at, end, depth + 1)
    children.push(child.block)
    at = align(child.end)
  }
  const key = bytes.toString('utf16le', start + 6, keyEnd)
  return { block: { key, value: bytes.subarray(valueStart, valueEnd), binary, valueLength, children }, end }
}

function align(offset: number): number {
  return Math.ceil(offset / 4) * 4
}

function parseFixed(value: Buffer): FixedVersion {
  if (value.readUInt32LE(0) !== 0xfeef04bd) damaged('Its fixed part has no signature.')
  const flags = value.readUInt32LE(28) & value.readUInt32LE(24)
  return {
    fileVersion: fourNumbers(value, 8),
    productVersion: fourNumbers(value, 16),
    flagsMask: value.readUInt32LE(24),
    flags: value.readUInt32LE(28),
    flagNames: flagNames.filter((_, bit) => (flags & (1 << bit)) !== 0),
    os: value.readUInt32LE(32),
    type: value.readUInt32LE(36),
    subtype: value.readUInt32LE(40),
  }
}

function fourNumbers(value: Buffer, at: number): FourNumbers {
  return [value.readUInt16LE(at + 2), value.readUInt16LE(at), value.readUInt16LE(at + 6), value.readUInt16LE(at + 4)]
}

function textOf(entry: Block): string {
  if (entry.valueLength === 0) return ''
  const text = entry.value.toString('utf16le')
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}

function parseTranslations({ value }: Block): string[] {
  return Array.from(
    { length: Math.floor(value.length / 4) },
    (_, index) => hex(value.readUInt16LE(index * 4)) + hex(value.readUInt16LE(index * 4 + 2)),
  )
}

function hex(word: number): string {
  return word.toString(16).padStart(4, '0')
}
