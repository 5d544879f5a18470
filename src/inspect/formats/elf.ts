import type { ByteSource } from '../../pe/byte-source.ts'
import { damaged } from '../damage.ts'
import { isCut, segmentSpace, type Executable, type Segment } from './segments.ts'
import { wordsOf, type Words } from './words.ts'

interface Section {
  readonly name: string
  readonly address: number
  readonly size: number
}

const tableLimit = 4 << 20
const load = 1
const writable = 2
const writableOrExecutable = 3

/**
 * Reads an ELF executable (System V ABI, chapters 4 and 5).
 * @throws INSPECT_DAMAGED or RangeError when its tables are cut off.
 */
export async function readElf(source: ByteSource): Promise<Executable> {
  const head = await source.read(0, 64)
  const wide = head.readUInt8(4) === 2
  const bigEndian = head.readUInt8(5) === 2
  const words = wordsOf(head, bigEndian)
  const table = async (offset: number, length: number): Promise<Words> => {
    if (length > tableLimit) damaged('A table in its headers is too large.')
    const bytes = await source.read(offset, length)
    return bytes.length === length ? wordsOf(bytes, bigEndian) : damaged('Its headers point outside the file.')
  }
  const word = (from: Words, at32: number, at64: number): number => (wide ? from.u64(at64) : from.u32(at32))
  const half = (at32: number): number => words.u16(wide ? at32 + 12 : at32)

  const programSize = half(42)
  const programs = await table(word(words, 28, 32), programSize * half(44))
  const segments: (Segment & { readonly type: number; readonly flags: number; readonly memorySize: number })[] = []
  for (let at = 0; at < programs.length; at += programSize) {
    segments.push({
      type: programs.u32(at),
      flags: programs.u32(at + (wide ? 4 : 24)),
      offset: word(programs, at + 4, at + 8),
      address: word(programs, at + 8, at + 16),
      fileSize: word(programs, at + 16, at + 32),
      memorySize: word(programs, at + 20, at + 40),
    })
  }

  const sectionSize = half(46)
  const headers = await table(word(words, 32, 40), sectionSize * half(48))
  const rows: { nameAt: number; offset: number; address: number; size: number }[] = []
  for (let at = 0; at < headers.length; at += sectionSize) {
    const size = word(headers, at + 20, at + 32)
    rows.push({ nameAt: headers.u32(at), address: word(headers, at + 12, at + 16), offset: word(headers, at + 16, at + 24), size })
  }
  const strings = rows[half(50)]
  const names = strings === undefined ? undefined : await table(strings.offset, strings.size)
  const sections: Section[] = rows.map(({ nameAt, address, size }) => ({ name: names?.text(nameAt, 256) ?? '', address, size }))

  const marked = sections.find(({ name }) => name === '.go.buildinfo')
  const data = segments.find(({ type, flags }) => type === load && (flags & writableOrExecutable) === writable)
  return {
    arch: archOf(words.u16(18), wide, bigEndian),
    bits: wide ? 64 : 32,
    symbols: sections.some(({ name }) => name === '.symtab'),
    debugInformation: sections.some(({ name }) => /^\.z?debug_/.test(name)),
    cut: isCut(source, segments),
    space: segmentSpace(source, segments, marked ?? (data === undefined ? undefined : { address: data.address, size: data.memorySize })),
  }
}

const machines: Readonly<Record<number, string>> = {
  3: '386',
  40: 'arm',
  62: 'amd64',
  183: 'arm64',
  22: 's390x',
  243: 'riscv64',
  258: 'loong64',
}

function archOf(machine: number, wide: boolean, bigEndian: boolean): string | null {
  const suffix = bigEndian ? '' : 'le'
  if (machine === 8) return `mips${wide ? '64' : ''}${suffix}`
  if (machine === 21) return `ppc64${suffix}`
  return machines[machine] ?? null
}
