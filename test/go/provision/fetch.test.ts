import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../helpers/temporary.ts'
import { leftIn, provideFake, zipPath } from './support/provide.ts'
import { answerWith, breaking, serve } from './support/server.ts'
import { fakeGo, moduleZip, officialList, officialTar, officialZip, testVersion } from './support/toolchain.ts'

const fake = fakeGo()
const zip = moduleZip(fake)
const installed = ['go1.99.1.linux-amd64']

describe('Go from a module proxy', () => {
  it('is verified, unpacked, and there at once the next time', async () => {
    const server = await serve({ [zipPath()]: zip })
    const first = await provideFake(fake, { GOPROXY: server.url })
    expect(first.error).toBeUndefined()
    expect(leftIn(first.cache)).toEqual(installed)
    expect(readFileSync(join(first.root!, 'src/go.mod'), 'utf8')).toBe('module std\n')
    expect(readFileSync(join(first.root!, 'src/large.bin'), 'utf8')).toBe(fake.files.get('src/large.bin'))
    const mode = (path: string): number => statSync(join(first.root!, path)).mode & 0o777
    expect([mode('bin/go'), mode('pkg/tool/linux_amd64/compile'), mode('src/empty.go')]).toEqual([0o755, 0o755, 0o644])
    expect(first.events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1])).toEqual([
      'go-fetch',
      'go-progress',
      'go-unpack',
      'go-ready',
    ])
    expect(first.events.findLast(({ type }) => type === 'go-progress')).toMatchObject({ received: zip.length, total: zip.length })
    const second = await provideFake(fake, { GOPROXY: server.url }, { cache: first.cache })
    expect([second.root, second.events, server.log.length]).toEqual([first.root, [], 1])
  })

  it('comes from the next proxy after a comma only where there is none, after a bar whatever goes wrong', async () => {
    const good = await serve({ [zipPath()]: zip })
    const gone = await serve({ [zipPath()]: 410 })
    const forbidden = await serve({ [zipPath()]: 403 })
    expect((await provideFake(fake, { GOPROXY: `${gone.url},${good.url}` })).error).toBeUndefined()
    expect((await provideFake(fake, { GOPROXY: `${forbidden.url}|${good.url}` })).error).toBeUndefined()
    const stopped = await provideFake(fake, { GOPROXY: `${forbidden.url},${good.url}` })
    expect(stopped.error).toMatchObject({ code: 'GO_UNREACHABLE', exitCode: 3 })
    expect(stopped.error?.output.join()).toContain('does not let gopack in (403)')
    expect(stopped.error?.hint).toMatch(/Install Go.*GOPROXY/)
    expect(good.log).toHaveLength(2)
  })

  it('obeys off and direct', async () => {
    const server = await serve({ [`/dl/mod${zipPath()}`]: zip })
    const off = await provideFake(fake, { GOPROXY: 'off' })
    expect([off.error?.code, off.error?.exitCode, off.error?.output]).toEqual([
      'GO_UNREACHABLE',
      3,
      ['GOPROXY: it is `off`: nothing may be fetched'],
    ])
    const direct = await provideFake(fake, { GOPROXY: 'direct', GOPACK_GO_DOWNLOADS: `${server.url}/dl` })
    expect(direct.error).toBeUndefined()
    const without = await provideFake(fake, {
      GOPROXY: 'http://127.0.0.1:9',
      GONOPROXY: 'golang.org/*',
      GOPACK_GO_DOWNLOADS: `${server.url}/dl`,
    })
    expect(without.error).toBeUndefined()
  })

  it('may be a folder', async () => {
    const folder = temporaryFolder()
    mkdirSync(dirname(join(folder, zipPath())), { recursive: true })
    writeFileSync(join(folder, zipPath()), zip)
    expect((await provideFake(fake, { GOPROXY: pathToFileURL(folder).href })).error).toBeUndefined()
    const nothing = await provideFake(fake, { GOPROXY: `${pathToFileURL(folder).href}/no` })
    expect(nothing.error?.code).toBe('GO_UNREACHABLE')
  })

  it('follows redirections, and not from one to the next without end', async () => {
    const server = await serve({ [`/real${zipPath()}`]: zip })
    server.answers.set(zipPath(), (_request, response) => void response.writeHead(302, { location: `/real${zipPath()}` }).end())
    expect((await provideFake(fake, { GOPROXY: server.url })).error).toBeUndefined()
    server.answers.set(zipPath(), (_request, response) => void response.writeHead(302, { location: zipPath() }).end())
    expect((await provideFake(fake, { GOPROXY: server.url })).error?.output.join()).toContain('without end')
  })

  it('sends the login of the address, and shows it nowhere', async () => {
    let seen: string | undefined
    const server = await serve({})
    server.answers.set(zipPath(), (request, response) => {
      seen = request.headers.authorization
      answerWith(seen === undefined ? 401 : zip, request, response)
    })
    const { error, events, root } = await provideFake(fake, { GOPROXY: server.url.replace('//', '//me:s%40cret@') })
    expect([error, seen]).toEqual([undefined, `Basic ${Buffer.from('me:s@cret').toString('base64')}`])
    expect(JSON.stringify(events) + readFileSync(join(root!, 'gopack.json'), 'utf8')).not.toContain('s%40cret')
  })
})

describe('broken transfers', () => {
  it('go on where they broke', async () => {
    const server = await serve({ [zipPath()]: breaking(zip, 400_000, 3) })
    const { error, events } = await provideFake(fake, { GOPROXY: server.url })
    expect(error).toBeUndefined()
    const ranges = server.log.map((line) => line.split(' ')[2])
    expect(ranges).toHaveLength(4)
    expect(ranges[0]).toBeUndefined()
    expect(ranges.slice(1).every((range) => /^bytes=[1-9]\d+-$/.test(range!))).toBe(true)
    expect(events.filter(({ type }) => type === 'go-retry')).toHaveLength(3)
  })

  it('start again where a server cannot go on', async () => {
    const server = await serve({ [zipPath()]: breaking(zip, 400_000, 1, false) })
    expect((await provideFake(fake, { GOPROXY: server.url })).error).toBeUndefined()
    expect(server.log).toHaveLength(2)
  })

  it('start again when the parts do not fit together', async () => {
    const other = Buffer.from(zip)
    other.fill(0, 0, 1000)
    const first = breaking(other, 400_000, 1)
    const server = await serve({})
    server.answers.set(zipPath(), (request, response) => answerWith(server.log.length === 1 ? first : zip, request, response))
    const { error, events } = await provideFake(fake, { GOPROXY: server.url })
    expect(error).toBeUndefined()
    expect(events.some((event) => event.type === 'go-retry' && event.reason.includes('put together'))).toBe(true)
    expect(server.log.map((line) => line.split(' ')[2] !== undefined)).toEqual([false, true, false])
  })

  it('end after some tries, with the reason', async () => {
    const server = await serve({ [zipPath()]: 503 })
    const { error, cache } = await provideFake(fake, { GOPROXY: server.url })
    expect([error?.code, error?.output.join()]).toEqual(['GO_UNREACHABLE', expect.stringContaining('status 503')])
    expect(server.log.length).toBeGreaterThan(2)
    expect(leftIn(cache)).toEqual([])
  })

  it('end when a server falls silent', async () => {
    const server = await serve({
      [zipPath()]: (_request, response) => void response.writeHead(200, { 'content-length': zip.length }).write(zip.subarray(0, 1000)),
    })
    const { error, cache } = await provideFake(fake, { GOPROXY: server.url, GOPACK_NETWORK_TIMEOUT: '0.2' })
    expect(error?.output.join()).toContain('silent for 0.2 s')
    expect(leftIn(cache)).toEqual([])
  })

  it('end when it does not answer at all, or is not there', async () => {
    const server = await serve({ [zipPath()]: () => undefined })
    const silent = await provideFake(fake, { GOPROXY: server.url, GOPACK_NETWORK_TIMEOUT: '0.2' })
    expect(silent.error?.output.join()).toContain('silent for 0.2 s')
    const nobody = await provideFake(fake, { GOPROXY: 'http://127.0.0.1:9' })
    expect(nobody.error?.output.join()).toContain('refuses the connection')
  })

  it('leave nothing when they are interrupted', async () => {
    const server = await serve({ [zipPath()]: (_request, response) => void response.writeHead(200).write(zip.subarray(0, 1000)) })
    const controller = new AbortController()
    const cache = temporaryFolder()
    setTimeout(() => controller.abort(new Error('stopped by the test')), 300)
    await expect(provideFake(fake, { GOPROXY: server.url }, { cache, signal: controller.signal })).rejects.toThrow('stopped by the test')
    expect(leftIn(cache)).toEqual([])
  })
})

describe('Go from the official downloads', () => {
  it('comes as .tar.gz, by the SHA-256 of the list and the hash gopack knows', async () => {
    const tar = await officialTar(fake)
    const name = `go${testVersion}.linux-amd64.tar.gz`
    const server = await serve({ '/dl/?mode=json&include=all': officialList(testVersion, name, tar), [`/dl/${name}`]: tar })
    const { error, root, cache } = await provideFake(fake, { GOPACK_GO_DOWNLOADS: `${server.url}/dl` })
    expect(error).toBeUndefined()
    expect(leftIn(cache)).toEqual(installed)
    expect(readFileSync(join(root!, 'src/go.mod'), 'utf8')).toBe('module std\n')
    expect(() => statSync(join(root!, 'test'))).toThrow()
  })

  it('comes as .zip, also in a version gopack does not know', async () => {
    const content = officialZip(fake)
    const name = `go${testVersion}.linux-amd64.zip`
    const server = await serve({ '/dl/?mode=json&include=all': officialList(testVersion, name, content), [`/dl/${name}`]: content })
    const { error } = await provideFake(fake, { GOPACK_GO_DOWNLOADS: `${server.url}/dl` }, { pinned: {} })
    expect(error).toBeUndefined()
    const unverified = await provideFake(fake, { GOPACK_GO_DOWNLOADS: `${server.url}/dl`, GOSUMDB: 'off' }, { pinned: {} })
    expect([unverified.error?.code, unverified.error?.exitCode]).toEqual(['GO_UNVERIFIED', 3])
  })

  it('is refused when list and archive agree and gopack knows better', async () => {
    const tar = await officialTar({ ...fake, files: new Map([...fake.files, ['src/evil.go', 'package evil\n']]) })
    const name = `go${testVersion}.linux-amd64.tar.gz`
    const server = await serve({ '/dl/?mode=json&include=all': officialList(testVersion, name, tar), [`/dl/${name}`]: tar })
    const { error, cache } = await provideFake(fake, { GOPACK_GO_DOWNLOADS: `${server.url}/dl` })
    expect([error?.code, error?.exitCode]).toEqual(['GO_REFUSED', 5])
    expect(leftIn(cache)).toEqual([])
  })

  it('is not asked where GOPROXY is set', async () => {
    const official = await serve({})
    const proxy = await serve({ [zipPath()]: zip })
    expect((await provideFake(fake, { GOPROXY: proxy.url, GOPACK_GO_DOWNLOADS: official.url })).error).toBeUndefined()
    expect(official.log).toEqual([])
  })

  it('names the nearest versions where there is no such one', async () => {
    const content = officialZip(fake)
    const server = await serve({ '/dl/?mode=json&include=all': officialList('1.98.7', 'go1.98.7.linux-amd64.zip', content) })
    const { error } = await provideFake(fake, { GOPACK_GO_DOWNLOADS: `${server.url}/dl` }, { pinned: {} })
    expect([error?.code, error?.exitCode]).toEqual(['GO_VERSION_UNKNOWN', 2])
    expect(error?.message).toContain('Nearest to it: 1.98.7')
  })
})

describe('a Go that was fetched before', () => {
  it('is looked through once after the machine was started anew', async () => {
    const server = await serve({ [zipPath()]: zip })
    const { cache, root } = await provideFake(fake, { GOPROXY: server.url })
    const mark = join(root!, 'gopack.json')
    const anotherBoot = (): void => writeFileSync(mark, readFileSync(mark, 'utf8').replace(/"boot": "[^"]*"/, '"boot": "another"'))
    anotherBoot()
    expect((await provideFake(fake, { GOPROXY: 'off' }, { cache })).root).toBe(root)
    expect(readFileSync(mark, 'utf8')).toContain('"settled": true')
    writeFileSync(mark, readFileSync(mark, 'utf8').replace('"settled": true', '"settled": false'))
    writeFileSync(join(root!, 'src/large.bin'), '')
    expect((await provideFake(fake, { GOPROXY: 'off' }, { cache })).error?.code).toBe('GO_UNREACHABLE')
    expect((await provideFake(fake, { GOPROXY: server.url }, { cache })).root).toBe(root)
    expect(statSync(join(root!, 'src/large.bin')).size).toBeGreaterThan(0)
  })

  it('is not taken for one when its mark or its go command is gone', async () => {
    const server = await serve({ [zipPath()]: zip })
    const { cache, root } = await provideFake(fake, { GOPROXY: server.url })
    copyFileSync(join(root!, 'gopack.json'), join(cache, 'kept'))
    writeFileSync(join(root!, 'gopack.json'), '{')
    expect((await provideFake(fake, { GOPROXY: server.url }, { cache })).error).toBeUndefined()
    expect(server.log).toHaveLength(2)
  })
})
