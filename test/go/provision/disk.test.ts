import { execFileSync, spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gopackBin, gopackEnvironment } from '../../helpers/gopack.ts'
import { helloMain, moduleOf } from '../../helpers/repository.ts'
import { temporaryFolder } from '../../helpers/temporary.ts'
import { provideFake, zipPath } from './support/provide.ts'
import { answerWith, serve } from './support/server.ts'
import { fakeGo, moduleZip, testVersion } from './support/toolchain.ts'

const fake = fakeGo(testVersion, 100_000)
const zip = moduleZip(fake)

/** True where this user may mount a small disk of its own. */
function mayMount(): boolean {
  return spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /mnt']).status === 0
}

/** A program that answers every request with ten million bytes, and counts them. */
const server = `require('http').createServer((request, response) => { process.stderr.write('asked '); response.writeHead(200, {'content-length': 1e7}); response.end(Buffer.alloc(1e7)) }).listen(0, '127.0.0.1', function () { const { spawn } = require('child_process'); spawn(process.execPath, process.argv.slice(1), { env: { ...process.env, GOPROXY: 'http://127.0.0.1:' + this.address().port }, stdio: 'inherit' }).on('exit', (code) => process.exit(code)) })`

describe('a full disk', () => {
  it.runIf(mayMount())('is told at once as what it is', () => {
    const cwd = moduleOf({ 'main.go': helloMain })
    const bin = temporaryFolder()
    const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim()
    const program = `mount -t tmpfs -o size=1m tmpfs /mnt && PATH="${bin}" exec "$0" "$@"`
    execFileSync('ln', ['-s', git, join(bin, 'git')])
    const env = gopackEnvironment({ GOPACK_CACHE: '/mnt', GOENV: 'off' })
    const args = ['-rm', 'sh', '-c', program, process.execPath, '-e', server, gopackBin(), 'plan']
    const { status, stderr } = spawnSync('unshare', args, { cwd, env, encoding: 'utf8' })
    expect([status, stderr]).toEqual([5, expect.stringContaining('could not be written to /mnt (ENOSPC)')])
    expect(stderr).toContain('GO_NOT_KEPT')
    expect(stderr.match(/asked /g)).toHaveLength(1)
  })
})

describe('a slow server', () => {
  it('counts as broken, and is not waited for without end', async () => {
    const slow = await serve({
      [zipPath()]: (_request, response) => {
        response.writeHead(200, { 'content-length': zip.length })
        const timer = setInterval(() => response.write('P'), 20)
        response.on('close', () => clearInterval(timer))
      },
    })
    const { error, events } = await provideFake(fake, { GOPROXY: slow.url, GOPACK_NETWORK_TIMEOUT: '0.2' })
    expect([error?.code, error?.output.join()]).toEqual(['GO_UNREACHABLE', expect.stringContaining('less than 1 kB a second')])
    expect(slow.log).toHaveLength(4)
    const rates = events.flatMap((event) => (event.type === 'go-progress' ? [event.rate] : []))
    expect(rates.length).toBeGreaterThan(0)
    expect(rates.every((rate) => Number.isInteger(rate))).toBe(true)
  }, 30_000)

  it('is waited for where it is only slow', async () => {
    const paced = await serve({
      [zipPath()]: (_request, response) => {
        response.writeHead(200, { 'content-length': zip.length })
        let sent = 0
        const step = Math.ceil(zip.length / 40)
        const timer = setInterval(() => {
          response.write(zip.subarray(sent, (sent += step)))
          if (sent < zip.length) return
          clearInterval(timer)
          response.end()
        }, 40)
      },
    })
    expect((await provideFake(fake, { GOPROXY: paced.url, GOPACK_NETWORK_TIMEOUT: '0.4' })).error).toBeUndefined()
    expect(paced.log).toHaveLength(1)
  })
})

describe('a cache folder that holds other things', () => {
  it('is refused before a Go is put there', async () => {
    const cache = temporaryFolder()
    writeFileSync(join(cache, 'letter.txt'), 'Dear')
    const asked = await serve({ [zipPath()]: (request, response) => answerWith(zip, request, response) })
    const { error } = await provideFake(fake, { GOPROXY: asked.url }, { cache })
    expect([error?.code, error?.exitCode, error?.message]).toEqual(['CACHE_REFUSED', 2, expect.stringContaining(cache)])
    expect(error?.hint).toContain('empty folder')
    expect([asked.log, readdirSync(cache)]).toEqual([[], ['letter.txt']])
  })

  it('is taken where it is marked, or holds only what gopack makes', async () => {
    const cache = temporaryFolder()
    const asked = await serve({ [zipPath()]: zip })
    expect((await provideFake(fake, { GOPROXY: asked.url }, { cache })).error).toBeUndefined()
    writeFileSync(join(cache, 'letter.txt'), 'Dear')
    const other = fakeGo('1.99.2', 100_000)
    const more = await serve({ [zipPath('1.99.2')]: moduleZip(other) })
    expect((await provideFake(other, { GOPROXY: more.url }, { cache })).error).toBeUndefined()
  })
})
