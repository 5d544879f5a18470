import { expect, it } from 'vitest'
import { gopack } from '../../helpers/gopack.ts'
import { commitAll, helloMain, moduleOf } from '../../helpers/repository.ts'
import { temporaryFolder } from '../../helpers/temporary.ts'
import { describeWith } from '../../helpers/tools.ts'
import { provideFake, zipPath } from './support/provide.ts'
import { answerWith, serve } from './support/server.ts'
import { fakeGo, moduleZip, testVersion } from './support/toolchain.ts'

const fake = fakeGo(testVersion, 100_000)
const zip = moduleZip(fake)

it('takes a login that cannot be decoded as it is', async () => {
  const seen: (string | undefined)[] = []
  const server = await serve({
    [zipPath()]: (request, response) => (seen.push(request.headers.authorization), answerWith(zip, request, response)),
  })
  expect((await provideFake(fake, { GOPROXY: server.url.replace('//', '//user:pa%ss@') })).error).toBeUndefined()
  await provideFake(fake, { GOPROXY: server.url.replace('//', '//us%25er:pa%73s@') })
  expect(seen).toEqual(['user:pa%ss', 'us%er:pass'].map((login) => `Basic ${Buffer.from(login).toString('base64')}`))
})

it('takes the login of a network proxy that cannot be decoded as it is', async () => {
  const seen: (string | undefined)[] = []
  const answer = (request: { headers: Record<string, unknown> }): void => void seen.push(String(request.headers['proxy-authorization']))
  const server = await serve({
    [`http://goproxy.corp${zipPath()}`]: (request, response) => (answer(request), answerWith(zip, request, response)),
  })
  const HTTP_PROXY = server.url.replace('//', '//user:pa%ss@')
  expect((await provideFake(fake, { GOPROXY: 'http://goproxy.corp', HTTP_PROXY })).error).toBeUndefined()
  expect(seen).toEqual([`Basic ${Buffer.from('user:pa%ss').toString('base64')}`])
})

it.each([
  ['https://user:pa/ssw0rd@127.0.0.1:1', 'https://***@127.0.0.1:1'],
  ['https://user:1/ssw0rd@127.0.0.1:1', 'https://***@127.0.0.1:1'],
  ['https://tok"en:p@ss@x y', 'https://***@x y'],
  ['user:pa/ssw0rd@127.0.0.1:1', '***@127.0.0.1:1'],
  ['https://user:pa,ssw0rd@127.0.0.1:1', '***'],
  ['http://127.0.0.1:1/go?token=ssw0rd&x=pa', 'http://127.0.0.1:1/go?***'],
])('shows no credential of %s', async (GOPROXY, shown) => {
  const { error } = await provideFake(fake, { GOPROXY, GOPACK_NETWORK_TIMEOUT: '0.5', HTTPS_PROXY: 'http://127.0.0.1:1' })
  const output = error?.output.join('\n') ?? ''
  expect(output).toContain(shown)
  expect(output).not.toMatch(/user|ssw0rd|tok|p@ss/)
})

describeWith(['go', 'git'], 'credentials in GOPROXY', () => {
  it.each(['https://user:pa/ssw0rd@127.0.0.1:1', 'http://127.0.0.1:1/go?token=ssw0rd'])(
    'are not shown in errors of Go: %s',
    async (GOPROXY) => {
      const files = { 'main.go': 'package main\n\nimport _ "example.com/there"\n\nfunc main() {}\n' }
      const sums = ['v1.0.0', 'v1.0.0/go.mod'].map((version) => `example.com/there ${version} h1:${'A'.repeat(43)}=\n`).join('')
      const cwd = moduleOf({
        ...files,
        'go.sum': sums,
        'go.mod': 'module example.com/hello\n\ngo 1.21\n\nrequire example.com/there v1.0.0\n',
      })
      const env = { GOPROXY, GOSUMDB: 'off', GOMODCACHE: temporaryFolder(), GOPACK_CACHE: temporaryFolder() }
      for (const more of [[], ['--json']]) {
        const { code, stdout, stderr } = await gopack(['build', ...more], { cwd, env })
        expect(code, stdout + stderr).not.toBe(0)
        expect(stdout + stderr).toContain('example.com/there')
        expect(stdout + stderr).not.toContain('ssw0rd')
      }
    },
  )
})

describeWith(['go', 'git'], 'a secret of several lines', () => {
  it.each([[[]], [['--json']]])('is masked in what hooks print, line by line: %j', async (more) => {
    const script = 'console.log(process.argv[1]); process.exit(1)'
    const cwd = commitAll(
      moduleOf({ 'main.go': helloMain, 'gopack.yaml': `hooks:\n  before: [[node, -e, "${script}", "{env.SIGN_KEY}"]]\n` }),
    )
    const env = { SIGN_KEY: 'first-part\r\n  second-part\nabc\nthird-part\n', GOPACK_CACHE: temporaryFolder() }
    const { stdout, stderr } = await gopack(['build', ...more], { cwd, env })
    expect(stdout + stderr).toContain('***')
    expect(stdout + stderr).not.toMatch(/(first|second|third)-part/)
  })
})
