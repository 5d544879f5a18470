import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { encodeIco } from '../../../../src/build/resources/icon/ico-file.ts'
import { checkIcon, readIcon } from '../../../../src/build/resources/icon/read.ts'
import { temporaryFolder } from '../../../helpers/temporary.ts'
import { describeWith } from '../../../helpers/tools.ts'
import { disc, ico, noise, png, pngOf } from '../support/images.ts'

function saved(name: string, bytes: Buffer): string {
  const path = join(temporaryFolder(), name)
  writeFileSync(path, bytes)
  return path
}

const broken = { code: 'ICON_BROKEN', exitCode: 2 }

describe('icons that cannot be used', () => {
  const whole = ico(16, 32)
  const cases: readonly (readonly [string, () => Buffer, RegExp])[] = [
    ['an empty file', () => Buffer.alloc(0), /empty/],
    ['another kind of file', () => Buffer.from('<svg xmlns="…"></svg>'), /SVG/],
    ['a cursor', () => Buffer.concat([Buffer.from([0, 0, 2, 0, 1, 0]), Buffer.alloc(100)]), /cursor/],
    ['an .ico without images', () => Buffer.from([0, 0, 1, 0, 0, 0]), /no image/],
    ['an .ico with a cut directory', () => whole.subarray(0, 30), /directory is cut off/],
    ['an .ico with a cut image', () => whole.subarray(0, whole.length - 1), /image 2 lies outside/],
    ['an .ico whose image is nothing known', () => changed(whole, whole.readUInt32LE(6 + 12), 0), /neither a PNG nor a bitmap/],
    ['an .ico whose image starts in its directory', () => changed(whole, 6 + 12, 3), /outside/],
    ['a bitmap that is cut off', () => bitmapIco(32, 100), /cut off/],
    ['a PNG cut in the middle', () => png(64, 64, noise()).subarray(0, 5000), /cut off/],
    ['a PNG with a flipped byte', () => changed(png(64, 64, noise()), 3000, 0x55), /checksum/],
    ['a PNG with too few rows', () => pngOf(64, 64, deflateSync(Buffer.alloc(1000))), /cut off/],
    ['a PNG of palette colours without a palette', () => pngOf(16, 16, deflateSync(Buffer.alloc(17 * 16)), { colorType: 3 }), /no palette/],
    ['a PNG with samples of 3 bits', () => pngOf(16, 16, deflateSync(Buffer.alloc(9999)), { bitDepth: 3 }), /3 bits/],
    ['a PNG whose data is a bomb', () => pngOf(16, 16, deflateSync(Buffer.alloc(50_000_000))), /cannot be unpacked/],
  ]

  it.each(cases)('%s', async (_name, bytes, reason) => {
    const path = saved('icon.ico', bytes())
    const error = await checkIcon(path).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ ...broken, message: expect.stringMatching(reason) })
    expect((error as Error).message).toContain(path)
    await expect(readIcon(path)).rejects.toMatchObject(broken)
  })

  it('a header that announces three gigabytes is refused before anything is allocated', async () => {
    const path = saved('icon.png', pngOf(30_000, 30_000, deflateSync(Buffer.alloc(100))))
    const before = process.memoryUsage().rss
    await expect(checkIcon(path)).rejects.toMatchObject({ code: 'ICON_TOO_LARGE', exitCode: 2 })
    await expect(readIcon(path)).rejects.toMatchObject({ code: 'ICON_TOO_LARGE', exitCode: 2 })
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6)
  })

  it('a huge file, a folder, and nothing at all', async () => {
    await expect(checkIcon(saved('icon.ico', Buffer.alloc(17 * 1024 * 1024)))).rejects.toMatchObject({ code: 'ICON_TOO_LARGE' })
    const folder = join(temporaryFolder(), 'icon.ico')
    mkdirSync(folder)
    await expect(checkIcon(folder)).rejects.toMatchObject(broken)
    await expect(checkIcon(join(folder, 'gone.ico'))).rejects.toMatchObject({ code: 'ICON_MISSING', exitCode: 2 })
    await expect(checkIcon(join(folder, 'gone.ico'), 'winres.json')).rejects.toMatchObject({ hint: expect.stringContaining('winres.json') })
  })
})

function changed(bytes: Buffer, offset: number, value: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[offset] = value
  return copy
}

/** An .ico with one 32-bit bitmap of which `kept` bytes are there. */
function bitmapIco(side: number, kept: number): Buffer {
  const header = Buffer.alloc(40)
  header.writeUInt32LE(40, 0)
  header.writeInt32LE(side, 4)
  header.writeInt32LE(side * 2, 8)
  header.writeUInt16LE(1, 12)
  header.writeUInt16LE(32, 14)
  const data = Buffer.concat([header, Buffer.alloc(kept)])
  return encodeIco([{ width: side, height: side, colors: 0, planes: 1, bitCount: 32, data }])
}

describe('icons from PNG', () => {
  const sides = async (bytes: Buffer): Promise<number[]> => (await readIcon(saved('icon.png', bytes))).images.map(({ width }) => width)

  it('come in the usual sizes, never larger than the picture', async () => {
    expect(await sides(png(512, 512, disc(512)))).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256])
    expect(await sides(png(50, 50, disc(50)))).toEqual([16, 20, 24, 32, 40, 48])
    expect(await sides(png(9, 9, disc(9)))).toEqual([9])
  })

  it('are centred on a transparent square when they are not square', async () => {
    const { images } = await readIcon(
      saved(
        'wide.png',
        png(32, 9, () => [10, 200, 30, 255]),
      ),
    )
    const image = images.find(({ width }) => width === 32)!
    const alphaAt = (x: number, y: number): number => image.data[40 + ((31 - y) * 32 + x) * 4 + 3]!
    expect(image.height).toBe(32)
    expect([alphaAt(0, 10), alphaAt(0, 11), alphaAt(31, 19), alphaAt(31, 20)]).toEqual([0, 255, 255, 0])
    expect([...image.data.subarray(40 + (31 - 12) * 32 * 4, 40 + (31 - 12) * 32 * 4 + 4)]).toEqual([30, 200, 10, 255])
  })

  it('are the same bytes on every machine', async () => {
    const { images } = await readIcon(saved('icon.png', png(300, 300, disc(300))))
    const hash = createHash('sha256')
    for (const { data } of images) hash.update(data)
    expect(hash.digest('hex')).toMatchInlineSnapshot(`"728221455662965355fe8d06ed117478f86dc4b9cf1b7dd85d7af63824127e59"`)
  })

  it('may be called .ico: the kind is in the bytes', async () => {
    const path = saved('icon.ico', png(20, 20, disc(20)))
    expect(await checkIcon(path)).toMatchObject({ kind: 'png' })
    expect((await readIcon(path)).images).toHaveLength(2)
  })

  it.each([
    [
      'of few colours',
      pngOf(2, 1, deflateSync(Buffer.from([0, 0b0100_0000])), { bitDepth: 1, colorType: 3, palette: Buffer.from([1, 2, 3, 40, 50, 60]) }),
      [3, 2, 1, 255],
    ],
    ['grey, of 16 bits', pngOf(1, 1, deflateSync(Buffer.from([0, 0x80, 0x80])), { bitDepth: 16, colorType: 0 }), [128, 128, 128, 255]],
    ['interlaced', pngOf(1, 1, deflateSync(Buffer.from([0, 7, 8, 9, 200])), { interlaced: true }), [9, 8, 7, 200]],
  ])('may be %s', async (_name, bytes, bgra) => {
    const path = saved('icon.png', bytes)
    await checkIcon(path)
    const image = (await readIcon(path)).images[0]!
    const row = image.height - 1
    expect([...image.data.subarray(40 + row * image.width * 4, 44 + row * image.width * 4)]).toEqual(bgra)
  })
})

describeWith(['icotool'], 'icons and icoutils', () => {
  it('what icotool makes is read, images untouched; what is made here icotool reads', async () => {
    const folder = temporaryFolder()
    const names = [16, 48, 256].map((side) => {
      const path = join(folder, `${side}.png`)
      writeFileSync(path, png(side, side, disc(side)))
      return path
    })
    const made = join(folder, 'made.ico')
    execFileSync('icotool', ['--create', `--output=${made}`, ...names.slice(0, 2), `--raw=${names[2]}`])
    const listed = execFileSync('icotool', ['--list', made], { encoding: 'utf8' }).trim().split('\n')
    const { images } = await readIcon(made)
    expect(images.map(({ width, height, bitCount }) => `--width=${width} --height=${height} --bit-depth=${bitCount}`)).toEqual(
      listed.map((line) => /--width.*--bit-depth=\d+/.exec(line)![0]),
    )
    const bytes = readFileSync(made)
    for (const { data } of images) expect(bytes.includes(data)).toBe(true)
    const scaled = await readIcon(saved('icon.png', png(300, 200, disc(200))))
    const own = join(folder, 'own.ico')
    writeFileSync(own, encodeIco(scaled.images))
    execFileSync('icotool', ['--extract', `--output=${folder}`, own])
    expect(existsSync(join(folder, 'own_1_16x16x32.png'))).toBe(true)
    expect(existsSync(join(folder, 'own_9_256x256x32.png'))).toBe(true)
  })
})
