import type { FileHandle } from 'node:fs/promises'
import type { Entry, ZipFile } from 'yauzl'
import type { ByteSource } from '../../pe/byte-source.ts'
import { refusalReason } from '../damage.ts'
import { digest } from '../digest.ts'
import { findingList, isFine, type AddFinding } from '../findings.ts'
import type { ArchiveEntry, ArchiveInspection } from '../types.ts'
import { unpackBudget, type Budget } from './budget.ts'
import { readContent } from './content.ts'
import { acceptCompanions, entryInspector, type InspectEntry } from './entry-executable.ts'
import { entryCounter } from './listing.ts'
import { checkNames } from './names.ts'
import { describeZipEntry, type Unpacked, type ZipRow } from './zip-entry.ts'

/** Inspects a zip: every entry is unpacked into nothing, its CRC compared, executables looked into. */
export async function inspectZip(file: FileHandle, source: ByteSource, path: string, signal?: AbortSignal): Promise<ArchiveInspection> {
  const { findings, add } = findingList()
  const { sha256 } = await digest(source)
  const rows = await listEntries(file, add, signal)
  checkNames(
    rows.map(({ name }) => name),
    add,
  )
  const budget = unpackBudget(source.size)
  const declared = rows.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0)
  let unpack = budget.allows(declared)
  if (!unpack) add('ARCHIVE_BOMB', `The archive says it unpacks to ${declared} bytes, from ${source.size}: its content was not read.`)
  const look: Look = { inspectEntry: entryInspector(path, add), budget, add, signal }
  const entries: ArchiveEntry[] = []
  for (const row of rows) {
    signal?.throwIfAborted()
    const read = unpack ? await readEntry(row, look) : undefined
    if (read === 'bomb') unpack = false
    entries.push(describeZipEntry(row, read === 'bomb' ? undefined : read))
  }
  const accepted = acceptCompanions(entries)
  return {
    kind: 'archive',
    path,
    ok: isFine(findings) && accepted.every(({ executable }) => executable?.ok !== false),
    findings,
    format: 'zip',
    size: source.size,
    sha256,
    entries: accepted,
    traits: {
      sortedNames: rows.every(
        ({ entry }, index) => index === 0 || Buffer.compare(rows[index - 1]!.entry.fileNameRaw, entry.fileNameRaw) < 0,
      ),
      noExtraFields: rows.every(({ entry, localExtraLength }) => entry.extraFieldLength === 0 && localExtraLength === 0),
      oneTime: accepted.every(({ modified }) => modified === accepted[0]!.modified),
    },
  }
}

/** The central directory, each entry compared with its local header: programs that read a zip front to back see the other one. */
async function listEntries(file: FileHandle, add: AddFinding, signal?: AbortSignal): Promise<readonly ZipRow[]> {
  const { default: yauzl } = await import('yauzl')
  const rows: ZipRow[] = []
  const hasRoom = entryCounter(add)
  try {
    const zip = await yauzl.fromFdPromise(file.fd, { autoClose: false, decodeStrings: false })
    for await (const entry of zip.eachEntry()) {
      signal?.throwIfAborted()
      const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true)
      if (!hasRoom(name)) break
      rows.push({ zip, entry, name, localExtraLength: await readLocalHeader(zip, entry, name, add) })
    }
  } catch (error) {
    add('ARCHIVE_DAMAGED', `The archive is damaged or cut off: ${refusalReason(error, signal)}.`)
  }
  return rows
}

async function readLocalHeader(zip: ZipFile, entry: Entry, name: string, add: AddFinding): Promise<number> {
  try {
    const local = await zip.readLocalFileHeaderPromise(entry, {})
    if (!local.fileName.equals(entry.fileNameRaw)) {
      add('ARCHIVE_DAMAGED', `The entry ${JSON.stringify(name)} has another name where its data begins.`, name)
    }
    return local.extraFieldLength
  } catch (error) {
    add('ENTRY_UNREADABLE', `The entry ${JSON.stringify(name)} cannot be read: ${refusalReason(error, undefined)}.`, name)
    return 0
  }
}

/** What reading the entries of one archive needs. */
interface Look {
  readonly inspectEntry: InspectEntry
  readonly budget: Budget
  readonly add: AddFinding
  readonly signal: AbortSignal | undefined
}

async function readEntry(row: ZipRow, look: Look): Promise<Unpacked | 'bomb' | undefined> {
  if (row.name.endsWith('/')) return undefined
  try {
    return await unpackEntry(row, look)
  } catch (error) {
    look.add('ENTRY_UNREADABLE', `The entry ${JSON.stringify(row.name)} cannot be read: ${refusalReason(error, look.signal)}.`, row.name)
    return undefined
  }
}

async function unpackEntry({ zip, entry, name }: ZipRow, { inspectEntry, budget, add, signal }: Look): Promise<Unpacked | 'bomb'> {
  const content = await readContent(await zip.openReadStreamPromise(entry), budget, signal)
  if (content.bomb) {
    add('ARCHIVE_BOMB', `The entry ${JSON.stringify(name)} unpacks to more than it says: the rest was not read.`, name)
    return 'bomb'
  }
  if (content.crc32 !== entry.crc32 || content.size !== entry.uncompressedSize) {
    add('ENTRY_UNREADABLE', `The entry ${JSON.stringify(name)} is damaged: its content does not match its checksum.`, name)
  }
  return { sha256: content.sha256, executable: await inspectEntry(content, name) }
}
