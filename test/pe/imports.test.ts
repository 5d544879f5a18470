import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { memorySource } from '../../src/pe/byte-source.ts'
import { directoryIndex, parsePeHeaders } from '../../src/pe/headers.ts'
import { openPeImage } from '../../src/pe/image.ts'
import { readImports } from '../../src/pe/imports.ts'
import { readWithPefile } from '../inspect/third-party.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'

/** A program that asks one DLL for a name and an ordinal at once, and another only when it is called. */
function buildImporter(folder: string): string {
  const run = (file: string, ...args: string[]): void => void execFileSync(`x86_64-w64-mingw32-${file}`, args, { cwd: folder })
  writeFileSync(join(folder, 'now.def'), 'LIBRARY now.dll\nEXPORTS\nnamed\nnumbered @42 NONAME\n')
  writeFileSync(join(folder, 'later.def'), 'LIBRARY later.dll\nEXPORTS\nlazy\nlazier\n')
  writeFileSync(
    join(folder, 'main.c'),
    'int named(void); int numbered(void); int lazy(void); int lazier(void);\nint main(void) { return named() + numbered() + lazy() + lazier(); }\nvoid *__delayLoadHelper2(void *a, void **b) { return 0; }\n',
  )
  run('dlltool', '-d', 'now.def', '-l', 'libnow.a')
  run('dlltool', '-d', 'later.def', '-y', 'liblater.a')
  run('gcc', '-o', 'importer.exe', 'main.c', '-L.', '-lnow', '-llater')
  const path = join(folder, 'importer.exe')
  writeFileSync(path, withDelayDirectory(readFileSync(path)))
  return path
}

/** Older GNU linkers put the delay import table into the file without saying so in the headers, and without its end. */
function withDelayDirectory(bytes: Buffer): Buffer {
  const headers = parsePeHeaders(bytes, bytes.length, 'importer.exe')
  const entry = headers.dataDirectoriesOffset + directoryIndex.delayImport * 8
  if (bytes.readUInt32LE(entry) !== 0) return bytes
  const addressOf = (offset: number): number => {
    const section = headers.sections.find(({ rawOffset, rawSize }) => offset >= rawOffset && offset < rawOffset + rawSize)!
    return offset - section.rawOffset + section.virtualAddress
  }
  const descriptor = Buffer.alloc(8)
  descriptor.writeUInt32LE(1, 0)
  descriptor.writeUInt32LE(addressOf(bytes.indexOf('later.dll\0')), 4)
  const at = bytes.indexOf(descriptor)
  bytes.writeUInt32LE(addressOf(at), entry)
  bytes.writeUInt32LE(64, entry + 4)
  // The end of the table; the program is only read, never run.
  bytes.fill(0, at + 32, at + 64)
  return bytes
}

describeWith(['mingw', 'pefile'], 'imported DLLs', () => {
  test('names, ordinals and delayed ones as pefile reads them', async () => {
    const path = buildImporter(temporaryFolder())
    const { dlls, problems } = await readImports(await openPeImage(memorySource(readFileSync(path)), path))
    const theirs = readWithPefile(path)
    expect(problems).toEqual([])
    expect(dlls.filter(({ delayed }) => !delayed).map(({ dll, functions }) => ({ dll, functions }))).toEqual(theirs.imports)
    expect(dlls.filter(({ delayed }) => delayed)).toEqual([
      { dll: 'later.dll', delayed: true, functions: expect.arrayContaining(['lazy', 'lazier']) },
    ])
    expect(dlls.find(({ dll }) => dll === 'now.dll')!.functions.toSorted()).toEqual(['#42', 'named'])
    expect(theirs.delayed).toEqual([{ dll: 'later.dll', functions: dlls.at(-1)!.functions }])
  })
})
