import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { embedResources } from '../../../src/build/resources/embed.ts'
import { makeFolder } from '../../helpers/temporary.ts'
import { describeWith } from '../../helpers/tools.ts'
import { goBuild } from './support/go.ts'
import { ico } from './support/images.ts'
import { pefile } from './support/readers.ts'
import { request } from './support/request.ts'
import { existingSyso } from './support/syso.ts'

/** Fills the section table of an exe with empty sections until one more header would touch the first section's bytes. */
function fillSectionTable(exe: Buffer): number {
  const coff = exe.readUInt32LE(0x3c) + 4
  const table = coff + 20 + exe.readUInt16LE(coff + 16)
  const alignment = exe.readUInt32LE(coff + 20 + 32)
  const headersEnd = exe.readUInt32LE(coff + 20 + 60)
  let count = exe.readUInt16LE(coff + 2)
  while (table + (count + 1) * 40 <= headersEnd) {
    const last = table + (count - 1) * 40
    const next = exe.readUInt32LE(last + 12) + Math.ceil(exe.readUInt32LE(last + 8) / alignment) * alignment
    const header = table + count * 40
    exe.fill(0, header, header + 40)
    exe.write(`.fill${count}`, header, 'latin1')
    exe.writeUInt32LE(alignment, header + 8)
    exe.writeUInt32LE(next, header + 12)
    exe.writeUInt32LE(0x40000080, header + 36)
    count++
    exe.writeUInt16LE(count, coff + 2)
    exe.writeUInt32LE(next + alignment, coff + 20 + 56)
  }
  return count
}

describeWith(['go', 'pefile'], 'executables that cannot be given resources', () => {
  let folder: string
  let plain: Buffer
  beforeAll(() => {
    folder = makeFolder()
    plain = readFileSync(goBuild(folder, 'hello.exe'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  async function embed(exe: Buffer): Promise<{ output: string; promise: Promise<unknown> }> {
    const input = join(folder, 'input.exe')
    const output = join(folder, 'output.exe')
    rmSync(output, { force: true })
    writeFileSync(input, exe)
    const promise = embedResources(input, output, request())
    await promise.catch(() => undefined)
    expect(readFileSync(input).equals(exe)).toBe(true)
    return { output, promise }
  }

  it('one with a full section table is refused, one entry below is not', async () => {
    const full = Buffer.from(plain)
    const count = fillSectionTable(full)
    const refused = await embed(full)
    await expect(refused.promise).rejects.toMatchObject({ code: 'RESOURCES_NO_ROOM', exitCode: 5 })
    expect(existsSync(refused.output)).toBe(false)

    const coff = full.readUInt32LE(0x3c) + 4
    const alignment = full.readUInt32LE(coff + 20 + 32)
    full.writeUInt16LE(count - 1, coff + 2)
    full.writeUInt32LE(full.readUInt32LE(coff + 20 + 56) - alignment, coff + 20 + 56)
    const { output, promise } = await embed(full)
    await promise
    const report = pefile(output)
    expect(report.sections).toHaveLength(count)
    expect(report.versions[0]!.file).toEqual([1, 2, 3, 0])
    // The first section's bytes are those of the input: nothing was written over them.
    const [first, before] = [report.sections[0]!, plain]
    expect(
      readFileSync(output)
        .subarray(first.offset, first.offset + first.size)
        .equals(before.subarray(first.offset, first.offset + first.size)),
    ).toBe(true)
  })

  it('one cut off, and what is no executable at all', async () => {
    for (const bytes of [plain.subarray(0, plain.length - 1000), plain.subarray(0, 300), Buffer.alloc(0), Buffer.from('#!/bin/sh\n')]) {
      const { output, promise } = await embed(Buffer.from(bytes))
      await expect(promise).rejects.toMatchObject({ code: 'PE_UNREADABLE', exitCode: 5 })
      expect(existsSync(output)).toBe(false)
    }
  })
})

describeWith(['go', 'mingw', 'pefile'], 'resource sections in odd places', () => {
  let folder: string
  beforeAll(() => void (folder = makeFolder()))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('a section behind .rsrc that must not move: the resources go to a new section', async () => {
    const plain = goBuild(folder, 'plain.exe', { fixture: 'cgo', syso: existingSyso(folder) })
    const exe = readFileSync(plain)
    const coff = exe.readUInt32LE(0x3c) + 4
    const table = coff + 20 + exe.readUInt16LE(coff + 16)
    const last = table + (exe.readUInt16LE(coff + 2) - 1) * 40
    exe.writeUInt32LE(0x40000040, last + 36)
    writeFileSync(plain, exe)
    const icon = join(folder, 'icon.ico')
    writeFileSync(icon, ico(16, 32, 48, 64, 256))
    const [once, twice] = [join(folder, 'once.exe'), join(folder, 'twice.exe')]
    await embedResources(plain, once, request({ icon }))
    await embedResources(once, twice, request({ icon }))
    const [before, after] = [pefile(plain), pefile(once)]
    expect(after.sections.map(({ name }) => name)).toEqual([
      ...before.sections.map(({ name }) => (name === '.rsrc' ? '.oldrsrc' : name)),
      '.rsrc',
    ])
    expect(after.sections.slice(0, -1).map(({ address }) => address)).toEqual(before.sections.map(({ address }) => address))
    expect(after.resources.map(({ type }) => type)).toContain('MYTYPE')
    expect(after.versions[0]!.file).toEqual([1, 2, 3, 0])
    expect(after.checksum).toBe(after.computedChecksum)
    expect(readFileSync(twice).equals(readFileSync(once))).toBe(true)
  })

  it('a resource tree that points into nowhere is refused, not followed', async () => {
    const plain = goBuild(folder, 'damaged.exe', { syso: existingSyso(folder) })
    const { sections } = pefile(plain)
    const start = sections.find(({ name }) => name === '.rsrc')!.offset
    const exe = readFileSync(plain)
    for (const damage of [
      () => exe.writeUInt16LE(0xffff, start + 14),
      () => exe.writeUInt32LE(0x80000000, start + 20),
      () => exe.writeUInt32LE(0x8fffffff, start + 20),
    ]) {
      damage()
      writeFileSync(plain, exe)
      await expect(embedResources(plain, join(folder, 'out.exe'), request())).rejects.toMatchObject({ code: 'PE_UNREADABLE' })
    }
    truncateSync(plain, start + 100)
    await expect(embedResources(plain, join(folder, 'out.exe'), request())).rejects.toMatchObject({ code: 'PE_UNREADABLE' })
  })
})
