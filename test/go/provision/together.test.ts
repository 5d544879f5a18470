import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeFolder, temporaryFolder } from '../../helpers/temporary.ts'
import { leftIn, zipPath } from './support/provide.ts'
import { answerWith, serve, type TestServer } from './support/server.ts'
import { fakeGo, moduleZip, testVersion } from './support/toolchain.ts'

const fake = fakeGo(testVersion, 6_000_000)
const zip = moduleZip(fake)
let folder: string

beforeAll(async () => {
  folder = makeFolder()
  // A process of its own that asks for the Go of this test: the command itself knows only real ones.
  const program = `
    import { provideGo } from './src/go/provision/provide.ts'
    const pinned = { '${fake.version}': { 'linux/amd64': '${fake.hash}' } }
    const listener = (event) => process.send?.(event.type)
    const request = { wish: { configured: '${fake.version}' }, cache: process.env.CACHE, environment: process.env, host: { os: 'linux', arch: 'amd64' }, pinned, listener }
    provideGo(request).then(({ root }) => console.log(root), (error) => (console.error(error), process.exitCode = 1)).finally(() => process.disconnect?.())
  `
  await build({
    stdin: { contents: program, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Child {
  readonly process: ChildProcess
  readonly events: string[]
  readonly end: Promise<{ readonly code: number | null; readonly output: string }>
}

function start(cache: string, server: TestServer): Child {
  const env = { PATH: process.env['PATH'], HOME: cache, GOENV: 'off', CACHE: cache, GOPROXY: server.url }
  const child = spawn(process.execPath, [join(folder, 'stdin.mjs')], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  const events: string[] = []
  let output = ''
  child.on('message', (event) => events.push(String(event)))
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  return { process: child, events, end: new Promise((resolve) => child.once('close', (code) => resolve({ code, output }))) }
}

it('is downloaded once by two runs at the same time', async () => {
  const server = await serve({})
  server.answers.set(zipPath(), (request, response) => void setTimeout(() => answerWith(zip, request, response), 500))
  const cache = temporaryFolder()
  const children = [start(cache, server), start(cache, server), start(cache, server)]
  const ends = await Promise.all(children.map(({ end }) => end))
  expect(new Set(ends.map(({ code, output }) => `${code} ${output.trim()}`))).toEqual(
    new Set([`0 ${join(cache, 'go', 'go1.99.1.linux-amd64')}`]),
  )
  expect(server.log).toHaveLength(1)
  expect(children.flatMap(({ events }) => events).filter((event) => event === 'go-waiting')).toHaveLength(2)
})

/** Sends the zip in small pieces over some time, so that there is a moment to be killed in. */
function slowly(milliseconds: number): Parameters<TestServer['answers']['set']>[1] {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': zip.length })
    const pieces = 40
    const send = async (): Promise<void> => {
      for (let piece = 0; piece < pieces && !response.destroyed; piece++) {
        response.write(zip.subarray(Math.floor((zip.length * piece) / pieces), Math.floor((zip.length * (piece + 1)) / pieces)))
        await sleep(milliseconds / pieces)
      }
      response.end()
    }
    void send()
  }
}

it('is never taken for whole after a run was killed at any moment, and leaves nothing behind', async () => {
  const server = await serve({ [zipPath()]: slowly(300) })
  const cache = temporaryFolder()
  const final = join(cache, 'go', 'go1.99.1.linux-amd64')
  const seen = new Set<string>()
  for (let round = 0; round < 16; round++) {
    const child = start(cache, server)
    // From the start of the download to well into the unpacking, which begins after some 300 ms.
    await new Promise((resolve) => child.process.once('message', resolve))
    await sleep(round * 35)
    child.process.kill('SIGKILL')
    await child.end
    seen.add(child.events.includes('go-ready') ? 'ready' : child.events.includes('go-unpack') ? 'unpacking' : 'downloading')
    // Whatever is there under the final name is whole.
    if (existsSync(final)) {
      expect(readFileSync(join(final, 'src/large.bin'), 'utf8')).toBe(fake.files.get('src/large.bin'))
      expect(readdirSync(join(final, 'src')).filter((name) => name.startsWith('p'))).toHaveLength(20)
      rmSync(final, { recursive: true })
    }
  }
  expect([...seen]).toEqual(expect.arrayContaining(['downloading', 'unpacking']))
  const { code, output } = await start(cache, server).end
  expect([code, output.trim()]).toEqual([0, final])
  expect(leftIn(cache)).toEqual(['go1.99.1.linux-amd64'])
})
