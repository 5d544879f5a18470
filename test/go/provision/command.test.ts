import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pinnedGo } from '../../../src/go/provision/pinned.ts'
import { newestOf } from '../../../src/go/provision/wanted.ts'
import { gopack, type GopackRun } from '../../helpers/gopack.ts'
import { commitAll } from '../../helpers/repository.ts'
import { temporaryFolder } from '../../helpers/temporary.ts'
import { describeWith } from '../../helpers/tools.ts'
import { checkOutTagged } from '../../real/support/real-module.ts'
import { leftIn } from './support/provide.ts'
import { serve } from './support/server.ts'

const newest = newestOf(Object.keys(pinnedGo))!
const name = `go${newest}.linux-amd64`

/** A PATH that holds Node and git and nothing else. */
function cleanPath(): string {
  const folder = temporaryFolder()
  symlinkSync(process.execPath, join(folder, 'node'))
  symlinkSync(execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim(), join(folder, 'git'))
  return folder
}

function hello(configuration = ''): string {
  const folder = join(temporaryFolder(), 'hello')
  mkdirSync(folder)
  writeFileSync(join(folder, 'go.mod'), 'module example.com/hello\n\ngo 1.21\n')
  writeFileSync(join(folder, 'main.go'), 'package main\n\nfunc main() { println("hello") }\n')
  if (configuration !== '') writeFileSync(join(folder, 'gopack.yaml'), configuration)
  return commitAll(folder, 'v1.0.0')
}

interface Alone {
  readonly cache: string
  readonly run: (args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<GopackRun>
}

/** Runs gopack in a folder with Node and git alone, and nothing in its cache. */
function alone(cwd: string): Alone {
  const cache = temporaryFolder()
  const base = { PATH: cleanPath(), GOPACK_CACHE: cache, GOENV: 'off', GOROOT: '/nowhere' }
  return { cache, run: (args, env = {}) => gopack(args, { cwd, env: { ...base, ...env } }) }
}

describe('without Go and without a way to any', () => {
  it.each([
    [{ GOPROXY: 'off' }, /GOPROXY: it is `off`/],
    [{ GOPROXY: 'http://127.0.0.1:9' }, /refuses the connection/],
  ])('ends with 3 and says both ways out: %j', async (env, reason) => {
    const { run, cache } = alone(hello())
    const { code, stderr, stdout } = await run(['build'], env)
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(reason)
    expect(stderr).toMatch(/Install Go and put it on PATH; or let gopack fetch it: .*set GOPROXY/)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect(leftIn(cache)).toEqual([])
  })

  it('is one document with --json', async () => {
    const { code, stdout } = await alone(hello()).run(['plan', '--json'], { GOPROXY: 'off' })
    expect([code, JSON.parse(stdout)]).toEqual([3, { error: expect.objectContaining({ code: 'GO_UNREACHABLE' }) }])
  })

  it('asks nobody where go.provision is never', async () => {
    const server = await serve({})
    const { run } = alone(hello('go:\n  provision: never\n'))
    const { code, stderr } = await run(['build'], { GOPROXY: server.url })
    expect([code, server.log]).toEqual([3, []])
    expect(stderr).toContain('The go command was not found on PATH.')
    expect((await run(['doctor', '--fix'], { GOPROXY: server.url })).code).toBe(3)
    expect(server.log).toEqual([])
  })

  it('refuses what a proxy sends instead, and leaves nothing', async () => {
    const zip = Buffer.from('<html>Log in, please</html>')
    const server = await serve({ [`/golang.org/toolchain/@v/v0.0.1-${name}.zip`]: zip })
    const { run, cache } = alone(hello())
    const { code, stderr } = await run(['build'], { GOPROXY: server.url, GONOSUMDB: '*', GOSUMDB: 'off' })
    expect([code, leftIn(cache)]).toEqual([5, []])
    expect(stderr).toContain(`Go ${newest} from ${server.url} was thrown away`)
  })
})

describeWith(['go', 'git'], 'a Go on PATH that is not the one asked for', () => {
  it('is told where another may not be had', async () => {
    const cwd = hello('go:\n  version: "1.99.5"\n  provision: never\n')
    const { code, stderr } = await gopack(['plan'], { cwd })
    expect([code, stderr]).toEqual([3, expect.stringMatching(/asks for Go 1\.99\.5; go1\.\d+.* is on PATH/)])
    const { code: offline, stderr: said } = await gopack(['plan'], {
      cwd: hello('go:\n  version: "1.99.5"\n'),
      env: { GOPROXY: 'off', GOPACK_CACHE: temporaryFolder() },
    })
    expect([offline, said]).toEqual([3, expect.stringMatching(/asks for Go 1\.99\.5; go1\.\d+.* is on PATH.*could not be fetched/s)])
  })
})

describeWith(['go', 'git'], 'Node and git alone, and the module proxy', () => {
  it('are enough to build hey for Windows', async () => {
    const cwd = checkOutTagged({ path: 'github.com/rakyll/hey', version: 'v0.1.5' }, temporaryFolder())
    const { run, cache } = alone(cwd)
    const before = await run(['doctor'])
    expect([before.code, before.stdout]).toEqual([
      0,
      expect.stringMatching(/warn {2}Go .*not found on PATH. A build fetches Go \d.* from https/),
    ])
    expect(leftIn(cache)).toEqual([])

    const fixed = await run(['doctor', '--fix'])
    expect([fixed.code, fixed.stdout]).toEqual([
      0,
      expect.stringContaining(`ok    Go               go${newest} linux/amd64, fetched by gopack`),
    ])
    expect(fixed.stderr).toMatch(/fetch Go .* from https:.*\n.*MB of .*MB \(100 %\), .*B\/s/)
    expect(leftIn(cache)).toEqual([name])

    const plan = await run(['plan', '--json'], { GOPROXY: 'https://proxy.golang.org' })
    expect(JSON.parse(plan.stdout)).toMatchObject({ go: { version: `go${newest}` } })
    expect(plan.stdout).not.toContain(cache)

    const built = await run(['build'])
    expect(built.code, built.stderr).toBe(0)
    expect(JSON.parse(readFileSync(join(cwd, 'dist/artifacts.json'), 'utf8'))).toMatchObject({ go: `go${newest}` })
    const version = execFileSync('go', ['version', '-m', join(cwd, 'dist/windows_amd64/hey.exe')], { encoding: 'utf8' })
    expect(version).toMatch(new RegExp(`: go${newest.replaceAll('.', '\\.')}\n[^]*GOOS=windows`))

    const cleaned = await run(['cache', 'clean'])
    expect([cleaned.code, leftIn(cache)]).toEqual([0, []])
  })

  it('give hooks the same Go, with --json on one document', async () => {
    const script = "require('fs').writeFileSync('seen', require('child_process').execFileSync('go', ['version']))"
    const cwd = hello(`hooks:\n  before: [[node, -e, "${script}"]]\n`)
    const { run } = alone(cwd)
    const { code, stdout, stderr } = await run(['build', '--json'])
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ go: `go${newest}` })
    expect(readFileSync(join(cwd, 'seen'), 'utf8')).toContain(`go version go${newest} `)
    expect(existsSync(join(cwd, 'dist/windows_amd64/hello.exe'))).toBe(true)
  })

  it('give other versions, checked against the checksum database, and name the nearest of one there is not', async () => {
    const { run, cache } = alone(hello('go:\n  version: "1.25.14"\n'))
    const { code, stdout, stderr } = await run(['plan', '--json'])
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ go: { version: 'go1.25.14' } })
    expect(leftIn(cache).toSorted()).toEqual(['go1.25.14.linux-amd64', name].toSorted())
    const unknown = await gopack(['plan'], { cwd: hello('go:\n  version: "1.26.99"\n'), env: { GOPACK_CACHE: cache } })
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringMatching(/There is no Go 1\.26\.99 .*Nearest to it: 1\.26\.\d+, 1\.27/),
    ])
    const unverified = await gopack(['plan'], { cwd: hello('go:\n  version: "1.25.13"\n'), env: { GOPACK_CACHE: cache, GOSUMDB: 'off' } })
    expect([unverified.code, unverified.stderr]).toEqual([3, expect.stringContaining('GOSUMDB is off')])
  })
})
