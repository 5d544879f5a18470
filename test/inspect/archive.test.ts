import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/inspect/inspect.ts'
import type { ArchiveInspection, ExecutableInspection } from '../../src/inspect/types.ts'
import { makeFolder, temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'
import { makeZip, type ZipMember } from './make-zip.ts'
import { prepareProgram } from './samples.ts'

async function inspectZip(zip: Buffer | readonly ZipMember[], name = 'archive.zip'): Promise<ArchiveInspection> {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, Buffer.isBuffer(zip) ? zip : makeZip(zip as readonly ZipMember[]))
  return (await inspect(path)) as ArchiveInspection
}

const codes = ({ findings }: ArchiveInspection): string[] => findings.map(({ code }) => code)

describeWith(['go', 'git'], 'archives with executables', () => {
  const folder = makeFolder()
  let exe: string
  let alone: ExecutableInspection
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  beforeAll(async () => {
    exe = prepareProgram(folder).build('program.exe', {})
    alone = (await inspect(exe)) as ExecutableInspection
    writeFileSync(join(folder, 'LICENSE'), 'license\n'.repeat(100), { mode: 0o644 })
  })

  test('an executable in a zip is inspected as it is alone', async () => {
    const zip = await inspectZip([
      { name: 'LICENSE', data: 'text' },
      { name: 'program.exe', data: readFileSync(exe), mode: 0o100755 },
    ])
    expect(zip).toMatchObject({
      kind: 'archive',
      format: 'zip',
      ok: true,
      findings: [],
      traits: { sortedNames: true, noExtraFields: true, oneTime: true },
    })
    expect(zip.entries[0]).toEqual({
      name: 'LICENSE',
      type: 'file',
      size: 4,
      compressedSize: 6,
      method: 'deflate',
      mode: '0644',
      modified: '2026-11-21T15:30:00',
      sha256: '982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1',
      executable: null,
    })
    expect(zip.entries[1]).toMatchObject({ mode: '0755', sha256: alone.sha256, executable: { ...alone, path: `${zip.path}/program.exe` } })
  })

  test('the same in a tar.gz', async () => {
    const path = join(temporaryFolder(), 'archive.tar.gz')
    execFileSync(
      'tar',
      [
        '--sort=name',
        '--owner=0',
        '--group=0',
        '--numeric-owner',
        '--mtime=@1795188600',
        '-I',
        'gzip -n',
        '-cf',
        path,
        'LICENSE',
        'program.exe',
      ],
      { cwd: folder },
    )
    const tar = (await inspect(path)) as ArchiveInspection
    expect(tar).toMatchObject({
      kind: 'archive',
      format: 'tar.gz',
      ok: true,
      findings: [],
      traits: { sortedNames: true, noExtraFields: true, oneTime: true },
    })
    expect(tar.entries.map(({ name, type, size, mode, modified }) => ({ name, type, size, mode, modified }))).toEqual([
      { name: 'LICENSE', type: 'file', size: 800, mode: '0644', modified: '2026-11-20T15:30:00Z' },
      { name: 'program.exe', type: 'file', size: alone.size, mode: '0755', modified: '2026-11-20T15:30:00Z' },
    ])
    expect(tar.entries[1]).toMatchObject({ sha256: alone.sha256, executable: { ...alone, path: `${path}/program.exe` } })
  })

  test('a damaged executable in a sound archive makes the archive not ok', async () => {
    const zip = await inspectZip([{ name: 'program.exe', data: readFileSync(exe).subarray(0, 300_000) }])
    expect(zip.findings).toEqual([])
    expect(zip.entries[0]!.executable!.findings.map(({ code }) => code)).toContain('SECTION_OUTSIDE_FILE')
    expect(zip.ok).toBe(false)
    expect(codes(await inspectZip([{ name: 'program.exe', data: readFileSync(exe).subarray(0, 200) }]))).toEqual(['ENTRY_UNREADABLE'])
  })

  test('data that only begins like an executable is no finding', async () => {
    expect((await inspectZip([{ name: 'notes.txt', data: 'MZ is how executables begin' }])).findings).toEqual([])
  })

  describeWith(['7z'], 'listed by other programs too', () => {
    test('entries as python and 7z see them', async () => {
      const path = join(temporaryFolder(), 'archive.zip')
      mkdirSync(join(folder, 'config'), { recursive: true })
      writeFileSync(join(folder, 'config/日本語.yaml'), 'a: 1\n')
      execFileSync('7z', ['a', '-bd', path, 'program.exe', 'LICENSE', 'config'], { cwd: folder, stdio: 'ignore' })
      const ours = (await inspect(path)) as ArchiveInspection
      const script =
        'import json,sys,zipfile\nprint(json.dumps([[i.filename, i.file_size, i.compress_size, "%04d-%02d-%02dT%02d:%02d:%02d" % i.date_time] for i in zipfile.ZipFile(sys.argv[1]).infolist()]))'
      const theirs = JSON.parse(execFileSync('python3', ['-c', script, path], { encoding: 'utf8' })) as unknown
      expect(ours.entries.map((one) => [one.name, one.size, one.compressedSize, one.modified])).toEqual(theirs)
      expect(ours).toMatchObject({ ok: true, findings: [], traits: { sortedNames: true, noExtraFields: false } })
      const listed = execFileSync('7z', ['l', '-slt', path], { encoding: 'utf8' })
      const sizes = Array.from(listed.matchAll(/^Path = (.*)\nFolder = ([+-])\nSize = (\d+)/gm), ([, name, isFolder, size]) => [
        name,
        isFolder === '+',
        Number(size),
      ])
      expect(ours.entries.map((one) => [one.name.replace(/\/$/, ''), one.type === 'folder', one.size])).toEqual(sizes)
    })
  })

  describeWith(['mingw'], 'DLLs', () => {
    test('one that is not part of Windows is told, unless the archive holds it', async () => {
      const needy = buildNeedy(temporaryFolder())
      const without = await inspectZip([{ name: 'bin/needy.exe', data: needy }])
      expect(without.entries[0]!.executable!.findings).toMatchObject([{ level: 'warning', code: 'FOREIGN_DLL', subject: 'special.dll' }])
      const beside = await inspectZip([
        { name: 'bin/needy.exe', data: needy },
        { name: 'bin/Special.dll', data: 'x' },
      ])
      expect(beside.entries[0]!.executable!.findings).toEqual([])
      const elsewhere = await inspectZip([
        { name: 'bin/needy.exe', data: needy },
        { name: 'special.dll', data: 'x' },
      ])
      expect(elsewhere.entries[0]!.executable!.findings).toHaveLength(1)
    })
  })
})

function buildNeedy(folder: string): Buffer {
  writeFileSync(join(folder, 'special.def'), 'LIBRARY special.dll\nEXPORTS\nspecial\n')
  writeFileSync(join(folder, 'needy.c'), 'int special(void); int main(void) { return special(); }')
  execFileSync('x86_64-w64-mingw32-dlltool', ['-d', 'special.def', '-l', 'libspecial.a'], { cwd: folder })
  execFileSync('x86_64-w64-mingw32-gcc', ['-s', '-o', 'needy.exe', 'needy.c', '-L.', '-lspecial'], { cwd: folder })
  return readFileSync(join(folder, 'needy.exe'))
}

describe('hostile and damaged zips', () => {
  test.each([
    ['../evil.txt', 'UNSAFE_NAME'],
    ['a/../../evil.txt', 'UNSAFE_NAME'],
    ['/etc/evil', 'UNSAFE_NAME'],
    ['C:/evil', 'UNSAFE_NAME'],
    ['a\\..\\evil', 'UNSAFE_NAME'],
    ['line\nbreak', 'UNSAFE_NAME'],
    ['', 'UNSAFE_NAME'],
    ['docs/nul.txt', 'WINDOWS_NAME'],
    ['trailing.', 'WINDOWS_NAME'],
    ['what?', 'WINDOWS_NAME'],
  ])('the name %j is told', async (name, code) => {
    const zip = await inspectZip([{ name, data: 'x' }])
    expect(codes(zip)).toEqual([code])
    expect(zip.findings[0]!.subject).toBe(name)
    expect(zip.entries.map((entry) => entry.name)).toEqual([name])
    expect(zip.ok).toBe(code === 'WINDOWS_NAME')
  })

  test('names that are one file', async () => {
    expect(
      codes(
        await inspectZip([
          { name: 'a', data: '1' },
          { name: 'a', data: '2' },
        ]),
      ),
    ).toEqual(['DUPLICATE_NAME'])
    expect(
      codes(
        await inspectZip([
          { name: 'a/b', data: '1' },
          { name: 'a/./b', data: '2' },
        ]),
      ),
    ).toEqual(['DUPLICATE_NAME'])
    expect(
      codes(
        await inspectZip([
          { name: 'README', data: '1' },
          { name: 'readme', data: '2' },
        ]),
      ),
    ).toEqual(['CASE_COLLISION'])
  })

  test('traits that make builds differ', async () => {
    const unsorted = await inspectZip([
      { name: 'b', data: '1' },
      { name: 'a', data: '2', extra: Buffer.from([0x55, 0x54, 0, 0]) },
    ])
    expect(unsorted.traits).toEqual({ sortedNames: false, noExtraFields: false, oneTime: true })
  })

  test('content that does not match its checksum or size', async () => {
    expect(codes(await inspectZip([{ name: 'a', data: 'hello', lie: { crc: 1 } }]))).toEqual(['ENTRY_UNREADABLE'])
    expect(codes(await inspectZip([{ name: 'a', data: 'hello', lie: { size: 4 } }]))).toEqual(['ENTRY_UNREADABLE'])
    expect(codes(await inspectZip([{ name: 'a', data: 'hello', lie: { size: 6 } }]))).toEqual(['ENTRY_UNREADABLE'])
    expect(codes(await inspectZip([{ name: 'a', data: 'hello', lie: { method: 99 } }]))).toEqual(['ENTRY_UNREADABLE'])
  })

  test('a name that differs between directory and data', async () => {
    expect(codes(await inspectZip([{ name: 'good.txt', data: 'x', lie: { localName: 'evil.exe' } }]))).toEqual(['ARCHIVE_DAMAGED'])
  })

  test('an entry that lies outside the file', async () => {
    expect(codes(await inspectZip([{ name: 'a', data: 'x', lie: { offset: 5_000_000 } }]))).toEqual([
      'ENTRY_UNREADABLE',
      'ENTRY_UNREADABLE',
    ])
  })

  test('many entries over one piece of data are a bomb and not unpacked', async () => {
    const data = Buffer.alloc(32 << 20)
    const first = makeZip([{ name: 'e00', data }])
    const members = Array.from({ length: 40 }, (_, index) => ({
      name: `e${String(index).padStart(2, '0')}`,
      data: '',
      lie: { size: data.length, offset: 0 },
    }))
    expect(first.length).toBeLessThan(40_000)
    const zip = await inspectZip(members)
    expect(codes(zip)).toContain('ARCHIVE_BOMB')
    expect(zip.entries.every(({ sha256 }) => sha256 === null)).toBe(true)
  })

  test('a bomb that states its size honestly', async () => {
    const zip = await inspectZip([{ name: 'zeros', data: Buffer.alloc(80 << 20) }])
    expect(codes(zip)).toEqual(['ARCHIVE_BOMB'])
    expect(zip.ok).toBe(false)
  })

  test('no more findings of one kind than a person reads', async () => {
    const zip = await inspectZip(Array.from({ length: 100 }, (_, index) => ({ name: `../${index}`, data: '' })))
    expect(zip.findings).toHaveLength(21)
    expect(zip.findings.at(-1)!.message).toBe('There are more of this kind.')
    expect(zip.entries).toHaveLength(100)
  })

  test('names longer than anybody reads are not all kept', async () => {
    const zip = await inspectZip(Array.from({ length: 400 }, (_, index) => ({ name: `${index}`.padEnd(60_000, 'x'), data: '' })))
    expect(codes(zip)).toEqual(['TOO_MANY_ENTRIES'])
    expect(zip.entries.length).toBe(279)
  })

  test('cut anywhere, and with any byte flipped, ends in a report', async () => {
    const whole = makeZip([
      { name: 'a.txt', data: 'hello '.repeat(50) },
      { name: 'b.txt', data: 'stored', store: true },
    ])
    for (let length = 4; length < whole.length; length += 3)
      expect((await inspectZip(whole.subarray(0, length))).ok, `${length}`).toBe(false)
    for (let at = 4; at < whole.length; at++) {
      const bytes = Buffer.from(whole)
      bytes[at]! ^= 0xff
      await inspectZip(bytes)
    }
  })
})

describe('hostile and damaged tars', () => {
  test('cut, and no tar at all', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a'), Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * index * 31) >> 3)))
    execFileSync('tar', ['-czf', 'a.tar.gz', 'a'], { cwd: folder })
    const whole = readFileSync(join(folder, 'a.tar.gz'))
    expect(codes(await inspectZip(whole.subarray(0, -300), 'cut.tar.gz'))).toEqual(['ARCHIVE_DAMAGED'])
    const noise = execFileSync('gzip', ['-c'], { input: Buffer.alloc(5000, 'no tar ') })
    expect(codes(await inspectZip(noise, 'noise.tar.gz'))).toEqual(['ARCHIVE_DAMAGED'])
  })

  test('names and links that lead out', async () => {
    const folder = temporaryFolder()
    execFileSync('ln', ['-s', '/etc/passwd', 'link'], { cwd: folder })
    writeFileSync(join(folder, 'a'), 'x')
    execFileSync('tar', ['--transform=s,^a$,../a,', '-P', '-czf', 'a.tar.gz', 'a', 'link'], { cwd: folder })
    const tar = (await inspect(join(folder, 'a.tar.gz'))) as ArchiveInspection
    expect(codes(tar)).toEqual(['LINK', 'UNSAFE_NAME'])
    expect(tar.traits.noExtraFields).toBe(false)
  })

  test('a bomb stops', async () => {
    const bomb = execFileSync('gzip', ['-c'], { input: Buffer.alloc(100 << 20), maxBuffer: 1 << 30 })
    expect(codes(await inspectZip(bomb, 'bomb.tar.gz'))).toEqual(['ARCHIVE_BOMB'])
  })
})
