import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/inspect/inspect.ts'
import type { DistInspection } from '../../src/inspect/types.ts'
import { makeFolder, temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'
import { makeZip } from './make-zip.ts'
import { prepareProgram } from './samples.ts'

const folder = makeFolder()
const dist = join(folder, 'dist')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const zipName = 'program_v1.4.2_windows_amd64.zip'
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

interface Row {
  type: string
  path: string
  target?: { readonly os: string; readonly arch: string } | null
  sha256?: string
  size?: number
}

function listArtifacts(root: string, rows: readonly Row[]): void {
  const artifacts = rows.map(({ type, path, target = { os: 'windows', arch: 'amd64' }, ...more }) => {
    const bytes = more.sha256 === undefined ? readFileSync(join(root, path)) : Buffer.alloc(0)
    return {
      type,
      app: 'program',
      version: '1.4.2',
      tag: 'v1.4.2+20261121.1530',
      path,
      target,
      sha256: sha256(bytes),
      size: bytes.length,
      ...more,
    }
  })
  writeFileSync(
    join(root, 'artifacts.json'),
    JSON.stringify({
      schema: 1,
      tool: { name: 'gopack', version: '0.1.0' },
      go: 'go1.26.8',
      dirty: false,
      commit: 'c',
      timestamp: '2026-11-21T15:30:00Z',
      artifacts,
    }),
  )
}

const rows: readonly Row[] = [
  { type: 'executable', path: 'windows_amd64/program.exe' },
  { type: 'archive', path: zipName },
  { type: 'checksum', path: 'checksums.txt', target: null },
]

/** A copy of the dist folder, changed by the test. */
async function inspectChanged(change: (root: string) => void): Promise<DistInspection> {
  const root = join(temporaryFolder(), 'dist')
  cpSync(dist, root, { recursive: true })
  change(root)
  return (await inspect(root)) as DistInspection
}

const codes = ({ findings }: DistInspection): string[] => findings.map(({ code }) => code)

describeWith(['go', 'git'], 'dist folders', () => {
  beforeAll(async () => {
    const program = prepareProgram(folder)
    await mkdir(join(dist, 'windows_amd64'), { recursive: true })
    program.build('dist/windows_amd64/program.exe', {})
    program.build('program-arm64.exe', { arch: 'arm64' })
    const zip = makeZip([{ name: 'program.exe', data: readFileSync(join(dist, 'windows_amd64/program.exe')), mode: 0o100755 }])
    writeFileSync(join(dist, zipName), zip)
    writeFileSync(join(dist, 'checksums.txt'), `${sha256(zip)}  ${zipName}\n`)
    listArtifacts(dist, rows)
  })

  test('a whole one', async () => {
    const inspection = (await inspect(dist)) as DistInspection
    expect(inspection).toMatchObject({
      kind: 'dist',
      path: dist,
      ok: true,
      findings: [],
      tool: 'gopack 0.1.0',
      go: 'go1.26.8',
      timestamp: '2026-11-21T15:30:00Z',
    })
    expect(inspection.artifacts.map(({ path, state, inspection: inner }) => [path, state, inner?.kind])).toEqual([
      ['windows_amd64/program.exe', 'ok', 'executable'],
      [zipName, 'ok', 'archive'],
      ['checksums.txt', 'ok', undefined],
    ])
    expect(inspection.artifacts[0]).toMatchObject({
      app: 'program',
      tag: 'v1.4.2+20261121.1530',
      inspection: { go: { version: expect.stringMatching(/^go1/) } },
    })
  })

  test('a file that is gone', async () => {
    const inspection = await inspectChanged((root) => rmSync(join(root, zipName)))
    expect(inspection).toMatchObject({ ok: false, artifacts: [{ state: 'ok' }, { state: 'missing', inspection: null }, { state: 'ok' }] })
    expect(codes(inspection)).toEqual(['FILE_MISSING'])
  })

  test('a flipped byte', async () => {
    const flipped = await inspectChanged((root) => {
      const bytes = readFileSync(join(root, 'windows_amd64/program.exe'))
      bytes[bytes.length - 1]! ^= 1
      writeFileSync(join(root, 'windows_amd64/program.exe'), bytes)
    })
    expect(flipped.artifacts[0]).toMatchObject({ state: 'differs', inspection: { kind: 'executable' } })
    expect(codes(flipped)).toEqual(['FILE_DIFFERS'])
    expect(flipped.ok).toBe(false)
  })

  test('the right content under a wrong size', async () => {
    const inspection = await inspectChanged((root) => {
      const bytes = readFileSync(join(root, 'checksums.txt'))
      listArtifacts(root, [{ type: 'report', path: 'checksums.txt', sha256: sha256(bytes), size: bytes.length + 1 }])
    })
    expect(codes(inspection)).toEqual(['FILE_DIFFERS'])
  })

  test('an archive and a checksum file that are older than the executable', async () => {
    const stale = await inspectChanged((root) => {
      writeFileSync(join(root, zipName), makeZip([{ name: 'program.exe', data: readFileSync(join(folder, 'program-arm64.exe')) }]))
      listArtifacts(root, rows)
    })
    expect(codes(stale)).toEqual(['ARCHIVE_DIFFERS', 'CHECKSUMS_DIFFER'])
  })

  test('an executable for another processor than its target', async () => {
    const swapped = await inspectChanged((root) => {
      cpSync(join(folder, 'program-arm64.exe'), join(root, 'windows_amd64/program.exe'))
      listArtifacts(root, [rows[0]!])
    })
    expect(codes(swapped)).toEqual(['TARGET_DIFFERS'])
  })

  test.each(['../outside.txt', '../none', '/etc/hostname', ''])('the path %j is not followed', async (path) => {
    const inspection = await inspectChanged((root) => {
      writeFileSync(join(root, '../outside.txt'), 'x')
      listArtifacts(root, [{ type: 'report', path, sha256: sha256(Buffer.from('x')), size: 1 }])
    })
    expect(codes(inspection)).toEqual(['FILE_OUTSIDE'])
  })

  test('a symbolic link out of the folder is not followed', async () => {
    const inspection = await inspectChanged((root) => {
      writeFileSync(join(root, '../outside.txt'), 'x')
      symlinkSync('../outside.txt', join(root, 'link'))
      listArtifacts(root, [{ type: 'report', path: 'link', sha256: sha256(Buffer.from('x')), size: 1 }])
    })
    expect(codes(inspection)).toEqual(['FILE_OUTSIDE'])
  })

  test('a pipe is not waited for', async () => {
    const inspection = await inspectChanged((root) => {
      execFileSync('mkfifo', [join(root, 'pipe')])
      listArtifacts(root, [{ type: 'report', path: 'pipe', sha256: '', size: 0 }])
    })
    expect(codes(inspection)).toEqual(['FILE_DIFFERS'])
  })

  test('a folder or a text where an executable is listed', async () => {
    const inspection = await inspectChanged((root) => {
      writeFileSync(join(root, 'text.exe'), 'no executable')
      listArtifacts(root, [
        { type: 'executable', path: 'windows_amd64', sha256: '', size: 0 },
        { type: 'executable', path: 'text.exe' },
      ])
    })
    expect(codes(inspection)).toEqual(['FILE_DIFFERS', 'FILE_DIFFERS'])
    expect(inspection.ok).toBe(false)
  })
})

describe('what cannot be inspected', () => {
  const put = (name: string, content: string | Buffer): string => {
    const path = join(temporaryFolder(), name)
    writeFileSync(path, content)
    return path
  }

  test.each([
    ['no list', undefined, 'artifacts.json is not there or cannot be read'],
    ['no JSON', '{', 'artifacts.json is no JSON'],
    ['another JSON', '[]', 'artifacts.json has no list of artifacts'],
    ['a newer schema', '{"schema":2,"artifacts":[]}', 'artifacts.json has another schema than 1'],
    ['a damaged row', '{"schema":1,"artifacts":[{"path":1}]}', 'artifacts.json is damaged in artifact 1'],
  ])('a folder with %s', async (_, content, reason) => {
    const path = temporaryFolder()
    if (content !== undefined) writeFileSync(join(path, 'artifacts.json'), content)
    await expect(inspect(path)).rejects.toMatchObject({ code: 'INSPECT_NOT_DIST', exitCode: 2, message: expect.stringContaining(reason) })
  })

  test('a missing file', async () => {
    await expect(inspect(join(temporaryFolder(), 'none.exe'))).rejects.toMatchObject({
      code: 'INSPECT_NOT_FOUND',
      exitCode: 2,
      message: expect.stringMatching(/none\.exe does not exist\.$/),
    })
  })

  test.each([
    ['an empty file', ''],
    ['a text file', 'hello\n'],
    ['a script', '#!/bin/sh\n'],
    ['a 7-Zip archive', Buffer.from('7z\xbc\xaf\x27\x1cxx', 'latin1')],
    ['a Java class file', Buffer.from('\xca\xfe\xba\xbe\0\0\0\x3d', 'latin1')],
    ['no known kind of file', Buffer.from([1, 2, 3, 250])],
  ])('%s', async (kind, content) => {
    await expect(inspect(put('file', content))).rejects.toMatchObject({
      code: 'INSPECT_UNKNOWN_FILE',
      exitCode: 2,
      message: expect.stringContaining(`it seems to be ${kind}.`),
    })
  })

  test('an executable that ends in its headers', async () => {
    await expect(inspect(put('cut.exe', 'MZ'))).rejects.toMatchObject({ code: 'PE_UNREADABLE', exitCode: 5 })
    await expect(inspect(put('cut', '\x7fELF\x02\x01'))).rejects.toMatchObject({ code: 'INSPECT_DAMAGED', exitCode: 5 })
  })

  test('an aborted inspection', async () => {
    await expect(
      inspect(put('a.zip', makeZip([{ name: 'a', data: 'x' }])), { signal: AbortSignal.abort(new Error('enough')) }),
    ).rejects.toThrow('enough')
  })
})
