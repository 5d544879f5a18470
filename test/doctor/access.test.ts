import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'

const none = Object.fromEntries(
  'GOPRIVATE GONOPROXY GONOSUMDB GOSUMDB GOINSECURE GOAUTH NETRC HTTPS_PROXY https_proxy HTTP_PROXY http_proxy NO_PROXY no_proxy SSL_CERT_FILE SSL_CERT_DIR NODE_EXTRA_CA_CERTS'
    .split(' ')
    .map((name) => [name, undefined]),
)

/** What doctor says of each check, in one text each, and everything it printed. */
async function diagnose(env: NodeJS.ProcessEnv): Promise<{ readonly said: Record<string, string>; readonly all: string }> {
  const cwd = join(temporaryFolder(), 'hello')
  mkdirSync(cwd)
  writeFileSync(join(cwd, 'go.mod'), 'module example.com/hello\n\ngo 1.21\n')
  writeFileSync(join(cwd, 'main.go'), 'package main\n\nfunc main() {}\n')
  const more = { ...none, HOME: temporaryFolder(), GOENV: 'off', GOCACHE: process.env['GOCACHE'] ?? temporaryFolder(), ...env }
  const [json, text] = await Promise.all([
    gopack(['doctor', '--json'], { cwd, env: more }),
    gopack(['doctor', '--verbose'], { cwd, env: more }),
  ])
  const { checks } = JSON.parse(json.stdout) as { checks: { id: string; status: string; detail: string; fix?: string }[] }
  const said = Object.fromEntries(
    checks.map(({ id, status, detail, fix }) => [id, `${status}: ${detail}${fix === undefined ? '' : ` | ${fix}`}`]),
  )
  return { said, all: json.stdout + json.stderr + text.stdout + text.stderr }
}

/** A certificate authority as PEM. */
function authority(days: number): string {
  const file = join(temporaryFolder(), 'ca.pem')
  const subject = ['-subj', '/CN=Corp', '-days', String(days), '-newkey', 'rsa:2048', '-nodes', '-keyout', '/dev/null', '-out', file]
  execFileSync('openssl', ['req', '-x509', ...subject], { stdio: 'ignore' })
  return file
}

describeWith(['go', 'openssl'], 'what doctor says of private modules, logins, proxies and certificates', () => {
  it('is that there are none', async () => {
    const { said } = await diagnose({})
    expect([said['private-modules'], said['netrc'], said['network-proxy'], said['certificates']]).toEqual([
      'ok: none',
      'ok: none',
      'ok: none',
      "ok: the system's own",
    ])
  })

  it('never holds a secret', async () => {
    const netrc = join(temporaryFolder(), 'netrc')
    writeFileSync(netrc, 'machine goproxy.corp login builder password s3cr3t-netrc\nmachine git.corp login x password s3cr3t-git\n')
    const { said, all } = await diagnose({
      GOPROXY: 'https://me:s3cr3t-goproxy@goproxy.corp/go?token=s3cr3t-token,direct',
      GOPRIVATE: 'git.corp/*,example.org/private',
      GONOSUMDB: 'git.corp',
      GOSUMDB: 'sum.corp https://me:s3cr3t-sum@sum.corp',
      GOAUTH: 'netrc; /usr/bin/login --password s3cr3t-auth',
      NETRC: netrc,
      HTTPS_PROXY: 'http://me:s3cr3t-proxy@proxy.corp:3128',
      HTTP_PROXY: 'me:s3cr3t-plain@proxy.corp:3128',
      NO_PROXY: 'git.corp,10.0.0.0/8',
    })
    expect(all).not.toContain('s3cr3t')
    expect(said['private-modules']).toBe(
      'ok: GOPRIVATE=git.corp/*,example.org/private GONOSUMDB=git.corp GOSUMDB=sum.corp https://***@sum.corp GOAUTH=netrc;/usr/bin/login',
    )
    expect(said['netrc']).toBe(`ok: ${netrc}: logins for goproxy.corp, git.corp`)
    expect(said['network-proxy']).toBe(
      'ok: HTTPS_PROXY=http://***@proxy.corp:3128 HTTP_PROXY=http://***@proxy.corp:3128 NO_PROXY=git.corp,10.0.0.0/8',
    )
  })

  it('is told without a Go too', async () => {
    const { said } = await diagnose({ PATH: temporaryFolder(), GOPRIVATE: 'git.corp', GOPROXY: 'https://goproxy.corp' })
    expect(said['private-modules']).toBe('ok: GOPRIVATE=git.corp')
    expect(said['go']).toMatch(/^warn: .* from https:\/\/goproxy\.corp first/)
  })

  it('warns of a netrc that is of no use', async () => {
    const file = join(temporaryFolder(), 'netrc')
    expect((await diagnose({ NETRC: file })).said['netrc']).toMatch(/^warn: NETRC names .*, which is not there \| Correct NETRC/)
    writeFileSync(file, 'machine goproxy.corp login builder\n')
    expect((await diagnose({ NETRC: file })).said['netrc']).toMatch(/^warn: .* holds no login/)
    writeFileSync(file, 'machine goproxy.corp login builder password p\n')
    expect((await diagnose({ NETRC: file, GOAUTH: 'off' })).said['netrc']).toMatch(/^warn: .* is not used: GOAUTH is off/)
    chmodSync(file, 0o600)
  })

  it.each([
    [{ HTTPS_PROXY: 'ftp://proxy' }, /^fail: HTTPS_PROXY is ftp:\/\/proxy, which is no address \| Use http/],
    [{ HTTP_PROXY: 'proxy:3128' }, /^warn: HTTP_PROXY=http:\/\/proxy:3128, but no HTTPS_PROXY/],
  ])('warns of proxies that are none: %j', async (env, expected) => {
    expect((await diagnose(env)).said['network-proxy']).toMatch(expected)
  })

  it('counts certificates, and warns of files without any', async () => {
    const good = authority(30)
    const { said } = await diagnose({ SSL_CERT_FILE: good, NODE_EXTRA_CA_CERTS: good })
    expect(said['certificates']).toBe(`ok: SSL_CERT_FILE=${good} (1) NODE_EXTRA_CA_CERTS=${good} (1)`)
    const empty = join(temporaryFolder(), 'empty.pem')
    writeFileSync(empty, 'nothing')
    expect((await diagnose({ SSL_CERT_FILE: empty })).said['certificates']).toMatch(
      /^warn: SSL_CERT_FILE names .*, which holds no certificate/,
    )
    expect((await diagnose({ SSL_CERT_FILE: '/none.pem' })).said['certificates']).toMatch(
      /^warn: SSL_CERT_FILE names \/none\.pem, which is not there/,
    )
    const broken = join(temporaryFolder(), 'broken.pem')
    writeFileSync(broken, readFileSync(good, 'utf8').replace(/\n[A-Za-z0-9+/]{60}/, `\n${'A'.repeat(60)}`))
    expect((await diagnose({ SSL_CERT_FILE: broken })).said['certificates']).toMatch(
      /^warn: every certificate in .* has expired or cannot be read/,
    )
  })
})
