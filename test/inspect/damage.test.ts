import { readFileSync, rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GopackError } from '../../src/errors/gopack-error.ts'
import { executableFormat } from '../../src/inspect/detect.ts'
import { inspectExecutable } from '../../src/inspect/executable.ts'
import type { ExecutableInspection } from '../../src/inspect/types.ts'
import { memorySource } from '../../src/pe/byte-source.ts'
import { directoryIndex, fileOffsetOf, parsePeHeaders } from '../../src/pe/headers.ts'
import { readResourceDirectory } from '../../src/inspect/resources/directory.ts'
import { readIcons } from '../../src/inspect/resources/icons.ts'
import { openPeImage } from '../../src/pe/image.ts'
import { makeFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'
import { makeIco } from './icons.ts'
import { addResources, prepareProgram } from './samples.ts'

const folder = makeFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A fixed sequence of numbers in [0, below), so that a failure can be repeated. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** The result or the error's code; any other exception, which would be a stack trace for the user, fails the test. */
async function look(bytes: Buffer): Promise<ExecutableInspection | string> {
  const format = executableFormat(bytes)
  if (format === undefined) return 'not an executable'
  try {
    return await inspectExecutable(memorySource(bytes), 'file', format)
  } catch (error) {
    if (error instanceof GopackError) return error.code
    throw error
  }
}

describeWith(['go', 'git', 'mingw'], 'damaged and hostile executables', () => {
  const files: Record<string, Buffer> = {}
  beforeAll(() => {
    const program = prepareProgram(folder)
    addResources(program.source, {
      app: makeIco([
        { side: 16, depth: 32 },
        { side: 32, depth: 32 },
      ]),
      small: makeIco([{ side: 24, depth: 32 }]),
    })
    files.pe = readFileSync(program.build('program.exe', {}))
    files.elf = readFileSync(program.build('program-linux', { os: 'linux' }))
    files.macho = readFileSync(program.build('program-darwin', { os: 'darwin', arch: 'arm64' }))
  })

  test.each(['pe', 'elf', 'macho'])('%s cut anywhere ends in a result or an error of ours', async (name) => {
    const whole = files[name]!
    const lengths = [
      ...Array.from({ length: 80 }, (_, index) => index * 16),
      ...Array.from({ length: 60 }, (_, index) => Math.floor((whole.length * index) / 60)),
    ]
    const results = []
    for (const length of lengths) results.push(await look(whole.subarray(0, length)))
    // The section headers of an ELF file stand at its end.
    expect(results.some((one) => typeof one === 'object')).toBe(name !== 'elf')
    expect(results.filter((one) => typeof one === 'object').every(({ ok }) => !ok)).toBe(true)
  })

  test.each(['pe', 'elf', 'macho'])('%s with flipped bytes ends in a result or an error of ours', async (name) => {
    const next = numbers(20261121)
    const whole = files[name]!
    const places = [1024, 4096, whole.length]
    for (let round = 0; round < 150; round++) {
      const bytes = Buffer.from(whole)
      for (let flips = 0; flips < 8; flips++) bytes[next(places[round % places.length]!)] = next(256)
      await look(bytes)
    }
  })

  test('every byte of the resource section flipped in turn', async () => {
    const whole = files.pe!
    const headers = parsePeHeaders(whole, whole.length, 'file')
    const start = fileOffsetOf(headers, headers.dataDirectories[directoryIndex.resource]!.virtualAddress)!
    const findings = new Set<string>()
    // Only the headers and this section matter here: the rest is left out so that the hash costs nothing.
    const next = numbers(7)
    for (let round = 0; round < 120; round++) {
      const bytes = Buffer.from(whole)
      for (let flips = 0; flips < 3; flips++) bytes[start + next(900)] = next(256)
      const result = await look(bytes)
      if (typeof result === 'object') for (const { code } of result.findings) findings.add(code)
    }
    expect(findings).toContain('BAD_RESOURCES')
    expect(findings.size).toBeGreaterThan(2)
  })

  test('a resource directory that contains itself is told, not followed', async () => {
    const bytes = Buffer.from(files.pe!)
    const headers = parsePeHeaders(bytes, bytes.length, 'file')
    const start = fileOffsetOf(headers, headers.dataDirectories[directoryIndex.resource]!.virtualAddress)!
    bytes.writeUInt32LE(0x8000_0000, start + 16 + 4)
    const result = (await look(bytes)) as ExecutableInspection
    expect(result.findings).toContainEqual({
      level: 'error',
      code: 'BAD_RESOURCES',
      message: 'The resource directory runs in a circle.',
      subject: null,
    })
  })

  test('a resource directory that ends with its section is told', async () => {
    const bytes = Buffer.from(files.pe!)
    const headers = parsePeHeaders(bytes, bytes.length, 'file')
    const section = headers.sections.at(-1)!
    bytes.writeUInt32LE(section.virtualAddress + section.rawSize - 10, headers.dataDirectoriesOffset + directoryIndex.resource * 8)
    const { findings } = (await look(bytes)) as ExecutableInspection
    expect(findings.map(({ message }) => message)).toContain('The resource directory is cut off or lies outside the file.')
  })

  test('a resource name of absurd length is told', async () => {
    const bytes = Buffer.from(files.pe!)
    bytes.writeUInt16LE(60_000, bytes.indexOf(Buffer.from('APPICON', 'utf16le')) - 2)
    const { findings } = (await look(bytes)) as ExecutableInspection
    expect(findings.map(({ message }) => message)).toContain('The resource directory has a name of 60000 characters.')
  })

  test('one icon named by thousands of groups is not read thousands of times', async () => {
    const image = await openPeImage(memorySource(files.pe!), 'file')
    const leaves = await readResourceDirectory(image)
    const told: string[] = []
    const icons = await readIcons(image, Array.from({ length: 2000 }, () => leaves).flat(), (message) => told.push(message))
    expect(told).toEqual(['There are more than 1024 icon images; the rest was not read.'])
    expect(icons.flatMap(({ images }) => images).length).toBeLessThanOrEqual(1024)
  })

  test('load commands without a length are told, not followed four billion times', async () => {
    const bytes = Buffer.from(files.macho!)
    bytes.writeUInt32LE(0xffff_ffff, 16)
    bytes.writeUInt32LE(0, 32 + 4)
    expect(await look(bytes)).toBe('INSPECT_DAMAGED')
  })

  test('an import table without an end is told', async () => {
    const bytes = Buffer.from(files.pe!)
    const headers = parsePeHeaders(bytes, bytes.length, 'file')
    const directory = headers.dataDirectories[directoryIndex.import]!
    const start = fileOffsetOf(headers, directory.virtualAddress)!
    const section = headers.sections.find(
      ({ virtualAddress, rawSize }) => directory.virtualAddress >= virtualAddress && directory.virtualAddress < virtualAddress + rawSize,
    )!
    bytes.fill(bytes.subarray(start, start + 20), start, section.rawOffset + section.rawSize)
    const result = (await look(bytes)) as ExecutableInspection
    expect(result.findings.map(({ code }) => code)).toContain('BAD_IMPORTS')
  })
})
