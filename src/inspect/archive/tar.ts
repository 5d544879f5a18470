import { Readable, pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Header } from 'tar-stream'
import type { ByteSource } from '../../pe/byte-source.ts'
import { refusalReason } from '../damage.ts'
import { digest } from '../digest.ts'
import { findingList, isFine, type AddFinding } from '../findings.ts'
import type { ArchiveEntry, ArchiveInspection } from '../types.ts'
import { limits, unlimited, unpackBudget } from './budget.ts'
import { readContent, type Content } from './content.ts'
import { acceptCompanions, entryInspector } from './entry-executable.ts'
import { entryCounter } from './listing.ts'
import { checkNames } from './names.ts'

interface Row {
  readonly header: Header
  readonly entry: ArchiveEntry
}

/** Inspects a .tar.gz in one pass. */
export async function inspectTar(source: ByteSource, path: string, signal?: AbortSignal): Promise<ArchiveInspection> {
  const { findings, add } = findingList()
  const { sha256 } = await digest(source)
  const rows = await readRows(source, path, add, signal)
  const names = rows.map(({ entry }) => entry.name)
  checkNames(names, add)
  const entries = acceptCompanions(rows.map(({ entry }) => entry))
  return {
    kind: 'archive',
    path,
    ok: isFine(findings) && entries.every(({ executable }) => executable?.ok !== false),
    findings,
    format: 'tar.gz',
    size: source.size,
    sha256,
    entries,
    traits: {
      sortedNames: names.every((name, index) => index === 0 || Buffer.compare(Buffer.from(names[index - 1]!), Buffer.from(name)) < 0),
      noExtraFields: rows.every(({ header }) => isPlain(header)) && isPlainGzip(await source.read(0, 10)),
      oneTime: entries.every(({ modified }) => modified === entries[0]!.modified),
    },
  }
}

async function readRows(source: ByteSource, path: string, add: AddFinding, signal?: AbortSignal): Promise<readonly Row[]> {
  const { default: tar } = await import('tar-stream')
  const budget = unpackBudget(source.size)
  const rows: Row[] = []
  const hasRoom = entryCounter(add)
  const inspectEntry = entryInspector(path, add)
  const extract = tar.extract()
  let bomb = false
  async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      bomb ||= !budget.take(chunk.length)
      if (bomb) throw new Error('too much')
      yield chunk
    }
  }
  // Errors reach the loop below through the last stream.
  pipeline(Readable.from(chunksOf(source)), createGunzip(), counted, extract, () => {})
  try {
    for await (const stream of extract) {
      if (!hasRoom(stream.header.name)) break
      const content = await readContent(stream as AsyncIterable<Buffer>, unlimited, signal)
      const executable = await inspectEntry(content, stream.header.name)
      rows.push(describe(stream.header, content, executable, add))
    }
  } catch (error) {
    if (bomb) add('ARCHIVE_BOMB', `The archive unpacks to more than ${limits.ratio} times its size: the rest was not read.`)
    else add('ARCHIVE_DAMAGED', `The archive is damaged or cut off: ${refusalReason(error, signal)}.`)
  }
  return rows
}

async function* chunksOf(source: ByteSource): AsyncGenerator<Buffer> {
  const chunkSize = 256 * 1024
  for (let offset = 0; offset < source.size; offset += chunkSize) yield source.read(offset, chunkSize)
}

const types: Readonly<Record<string, ArchiveEntry['type']>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'folder',
  symlink: 'symlink',
}

function describe(header: Header, content: Content, executable: ArchiveEntry['executable'], add: AddFinding): Row {
  const { name, linkname } = header
  if (linkname) add('LINK', `The entry ${JSON.stringify(name)} is a link to ${JSON.stringify(linkname)}.`, name)
  const type = types[header.type] ?? 'other'
  const entry: ArchiveEntry = {
    name,
    type,
    size: header.size,
    compressedSize: null,
    method: 'gzip',
    mode: (header.mode & 0o7777).toString(8).padStart(4, '0'),
    modified: utcTime(header.mtime),
    sha256: type === 'file' ? content.sha256 : null,
    executable,
  }
  return { header, entry }
}

function utcTime(time: Date): string {
  return Number.isNaN(time.getTime()) ? '' : time.toISOString().replace('.000Z', 'Z')
}

function isPlain({ pax, uid, gid, uname, gname }: Header): boolean {
  return !pax && !uid && !gid && !uname && !gname
}

/** RFC 1952: no optional fields, no time. */
function isPlainGzip(head: Buffer): boolean {
  return head.length === 10 && head[3] === 0 && head.readUInt32LE(4) === 0
}
