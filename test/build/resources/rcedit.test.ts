import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { embedResources } from '../../../src/build/resources/embed.ts'
import { makeFolder, temporaryFolder } from '../../helpers/temporary.ts'
import { describeWith } from '../../helpers/tools.ts'
import { runUnderWine, wineEnvironment, winePrefix } from '../../helpers/wine.ts'
import type { ResourceRequest } from '../../../src/build/resources/types.ts'
import { goBuild } from './support/go.ts'
import { ico } from './support/images.ts'
import { pefile } from './support/readers.ts'
import { request } from './support/request.ts'

const rcedit = { ...request(), engine: 'rcedit' } as const
const leftovers = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('gopack-rcedit-'))

describeWith(['go'], 'engine rcedit without a Wine that works', () => {
  let folder: string
  let plain: string
  beforeAll(() => {
    folder = makeFolder()
    plain = goBuild(folder, 'hello.exe')
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** A stand-in for Wine, as WINE_BINARY names it. */
  async function embedWith(script: string, timeout = 60_000, wanted: ResourceRequest = rcedit): Promise<string> {
    const wine = join(folder, 'wine.sh')
    writeFileSync(wine, `#!/bin/sh\n${script}\n`)
    chmodSync(wine, 0o755)
    return embedWithBinary(wine, timeout, wanted)
  }

  async function embedWithBinary(binary: string, timeout = 60_000, wanted: ResourceRequest = rcedit): Promise<string> {
    const output = join(folder, 'done.exe')
    vi.stubEnv('WINE_BINARY', binary)
    vi.stubEnv(process.platform === 'win32' ? 'TEMP' : 'TMPDIR', folder)
    rmSync(output, { force: true })
    try {
      await embedResources(plain, output, wanted, { wine: { prefix: join(folder, 'prefix'), timeout } })
    } catch (error) {
      expect(existsSync(output)).toBe(false)
      throw error
    } finally {
      vi.unstubAllEnvs()
      expect(leftovers(folder)).toEqual([])
    }
    return output
  }

  it.skipIf(process.platform === 'win32')('no Wine: exit 3 and the way out', async () => {
    await expect(embedWithBinary(join(folder, 'no-such-wine'))).rejects.toMatchObject({
      code: 'RCEDIT_NO_WINE',
      exitCode: 3,
      hint: expect.stringContaining('engine: portable'),
    })
  })

  it.skipIf(process.platform === 'win32')('a failure, a success that did nothing, and a run without end are noticed', async () => {
    await expect(embedWith('echo "Fatal error: Unable to commit changes" >&2; exit 1')).rejects.toMatchObject({
      code: 'RCEDIT_FAILED',
      exitCode: 5,
      output: ['Fatal error: Unable to commit changes'],
    })
    await expect(embedWith('exit 0')).rejects.toMatchObject({ code: 'RCEDIT_FAILED' })
    await expect(embedWith('sleep 60 & echo $! > "$WINEPREFIX/child"; wait', 300)).rejects.toMatchObject({
      code: 'RCEDIT_FAILED',
      message: expect.stringContaining('longer'),
    })
    const child = Number(readFileSync(join(folder, 'prefix', 'child'), 'utf8'))
    await vi.waitFor(() => expect(() => process.kill(child, 0)).toThrow(), 10_000)
  })

  it.skipIf(process.platform === 'win32')('what rcedit left out is noticed, though it says that all is well', async () => {
    const icon = join(folder, 'icon.ico')
    writeFileSync(icon, ico(16, 32))
    const fewer = join(folder, 'fewer.ico')
    writeFileSync(fewer, ico(16))
    const prepared = join(folder, 'prepared.exe')
    const wanted = { ...request({ icon }), engine: 'rcedit' } as const
    const outcome = async (carrier: ResourceRequest | undefined): Promise<unknown> => {
      if (carrier === undefined) copyFileSync(plain, prepared)
      else await embedResources(plain, prepared, { ...carrier, engine: 'portable' })
      return embedWith(`cp '${prepared}' carrier.exe`, 60_000, wanted).catch((error: Error) => error.message)
    }
    expect(await outcome(undefined)).toContain('no version information')
    expect(await outcome({ ...wanted, manifest: { layer: 'configured', xml: '<assembly/>' } })).toContain('manifest')
    expect(await outcome(request({ icon: fewer }))).toContain('whole icon')
    expect(await outcome(wanted)).toBe(join(folder, 'done.exe'))
  })

  it.skipIf(process.platform === 'win32')('lanes take turns in one prefix', async () => {
    const prepared = join(folder, 'turns.exe')
    await embedResources(plain, prepared, request())
    const wine = join(folder, 'turns.sh')
    writeFileSync(
      wine,
      `#!/bin/sh\nmkdir "$WINEPREFIX/busy" || exit 9\nsleep 0.2\nrmdir "$WINEPREFIX/busy"\ncp '${prepared}' carrier.exe\n`,
    )
    chmodSync(wine, 0o755)
    vi.stubEnv('WINE_BINARY', wine)
    onTestFinished(() => void vi.unstubAllEnvs())
    const lanes = [1, 2, 3].map((lane) =>
      embedResources(plain, join(folder, `lane-${lane}.exe`), rcedit, { wine: { prefix: join(folder, 'turns') } }),
    )
    expect(await Promise.all(lanes)).toHaveLength(3)
  })

  it('several languages are refused, not half written', async () => {
    const output = join(folder, 'languages.exe')
    const german = { ...request({ config: { languages: { 'de-DE': { description: 'Hallo' } } } }), engine: 'rcedit' } as const
    const onlyGerman = { ...request({ config: { language: 'de-DE' } }), engine: 'rcedit' } as const
    for (const wanted of [german, onlyGerman]) {
      await expect(embedResources(plain, output, wanted, { wine: { prefix: winePrefix } })).rejects.toMatchObject({
        code: 'RCEDIT_ONE_LANGUAGE',
        exitCode: 2,
      })
    }
    expect(existsSync(output)).toBe(false)
  })
})

describeWith(['go', 'wine', 'mingw', 'pefile'], 'engine rcedit under Wine', () => {
  it('lanes side by side share one prefix; the programs run; rcedit itself reads the texts back', async () => {
    const folder = temporaryFolder()
    await wineEnvironment()
    const plain = goBuild(folder, 'hello.exe')
    const outputs = ['a', 'b', 'c'].map((name) => join(folder, `${name} ö.exe`))
    vi.stubEnv('TMPDIR', folder)
    onTestFinished(() => void vi.unstubAllEnvs())
    const wanted = { ...request({ config: { company: 'Söhne 株式会社 🚀' } }), engine: 'rcedit' } as const
    await Promise.all(outputs.map((output) => embedResources(plain, output, wanted, { wine: { prefix: winePrefix } })))
    for (const output of outputs) expect(readFileSync(output).equals(readFileSync(outputs[0]!))).toBe(true)
    expect(pefile(outputs[0]!).versions[0]!.tables['040904b0']!['CompanyName']).toBe('Söhne 株式会社 🚀')
    copyFileSync(outputs[0]!, join(folder, 'plain-name.exe'))
    expect(await runUnderWine(join(folder, 'plain-name.exe'))).toMatchObject({ exitCode: 0, stdout: 'hello\n' })
    const program = new URL('../../../node_modules/rcedit/bin/rcedit-x64.exe', import.meta.url).pathname
    const read = await runUnderWine(program, ['plain-name.exe', '--get-version-string', 'ProductName'], { cwd: folder })
    expect(read).toMatchObject({ exitCode: 0, stdout: 'hello' })
    expect(leftovers(folder)).toEqual([])
  })
})

describe('engine rcedit', () => {
  it('is never told to set an execution level by itself', () => {
    const source = readFileSync(new URL('../../../src/build/resources/rcedit/edit.ts', import.meta.url), 'utf8')
    expect(source.match(/'--set-[\w-]+'/g)!.sort()).toEqual([
      "'--set-file-version'",
      "'--set-icon'",
      "'--set-product-version'",
      "'--set-version-string'",
    ])
  })
})
