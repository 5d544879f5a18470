import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { matchesPattern, readGoAccess } from '../../../src/go/provision/access.ts'
import { parseNetrc } from '../../../src/go/provision/network/netrc.ts'
import { proxyFor } from '../../../src/go/provision/network/proxy-setting.ts'
import { goSources } from '../../../src/go/provision/sources.ts'
import { nearestVersions, wantedGo } from '../../../src/go/provision/wanted.ts'
import { temporaryFolder } from '../../helpers/temporary.ts'

const access = (proxy: string | undefined, noProxy = ''): Parameters<typeof goSources>[0] => ({
  proxy,
  noProxy,
  sumDatabase: undefined,
  authentication: undefined,
})
const direct = { kind: 'proxy', url: 'https://go.dev/dl/mod', next: 'missing' }

describe('where Go is fetched from', () => {
  it.each([
    [
      'https://a.example,https://b.example|https://c.example',
      ['https://a.example missing', 'https://b.example any', 'https://c.example missing'],
    ],
    ['a.example/go/, direct,https://never.example', ['https://a.example/go missing', 'https://go.dev/dl/mod missing']],
    ['http://user:pw@a.example|off,https://never.example', ['http://user:pw@a.example any', 'off']],
    ['/srv/proxy', ['file:///srv/proxy missing']],
    ['direct', ['https://go.dev/dl/mod missing']],
    ['off', ['off']],
    ['ftp://a.example', ['wrong']],
    ['nonsense', ['wrong']],
  ])('GOPROXY=%s', (setting, expected) => {
    const shown = goSources(access(setting), {}).map((source) => ('url' in source ? `${source.url} ${source.next}` : source.kind))
    expect(shown).toEqual(expected)
  })

  it('is the official list where GOPROXY is not set, then what Go itself would ask', () => {
    expect(goSources(access(undefined), {})).toEqual([
      { kind: 'official', url: 'https://go.dev/dl', next: 'any' },
      { kind: 'proxy', url: 'https://proxy.golang.org', next: 'missing' },
      direct,
    ])
    expect(goSources(access(undefined), { GOPACK_GO_DOWNLOADS: 'https://mirror.example/go/' })[0]).toMatchObject({
      url: 'https://mirror.example/go',
    })
  })

  it('is no proxy where GONOPROXY or GOPRIVATE names the toolchain', () => {
    expect(goSources(access('https://a.example', 'corp.example,golang.org/*'), {})).toEqual([direct])
    expect(goSources(access('https://a.example', 'golang.org/x'), {})).toHaveLength(1)
  })

  it('reads settings made with `go env -w`, and the environment before them', () => {
    const file = join(temporaryFolder(), 'env')
    writeFileSync(file, 'GOPROXY=https://written.example\nGOPRIVATE=corp.example\nGOSUMDB=off\n')
    expect(readGoAccess({ GOENV: file })).toMatchObject({ proxy: 'https://written.example', noProxy: 'corp.example', sumDatabase: 'off' })
    expect(readGoAccess({ GOENV: file, GOPROXY: 'direct', GONOPROXY: 'none' })).toMatchObject({ proxy: 'direct', noProxy: 'none' })
    expect(readGoAccess({ GOENV: 'off' }).proxy).toBeUndefined()
  })

  it.each([
    ['golang.org/toolchain', true],
    ['golang.org', true],
    ['*.org', true],
    ['*', true],
    ['golang.org/tool*', true],
    ['golang.org/toolchain/x', false],
    ['golang', false],
    ['[a-h]olang.org', true],
    ['a,golang.?rg', true],
    ['[', false],
  ])('the pattern %s', (pattern, expected) => expect(matchesPattern(pattern, 'golang.org/toolchain')).toBe(expected))
})

describe('which Go is fetched', () => {
  const known = ['1.26.10']
  it.each([
    [{}, '1.26.10'],
    [{ configured: '1.26' }, '1.26.10'],
    [{ configured: '1.26.8' }, '1.26.8'],
    [{ configured: '1.27' }, '1.27 newest'],
    [{ goLine: '1.21' }, '1.26.10'],
    [{ goLine: '1.26.12' }, '1.26.12'],
    [{ goLine: '1.27' }, '1.27 newest'],
    [{ goLine: '1.21', toolchainLine: 'go1.26.11' }, '1.26.11'],
    [{ goLine: '1.21', toolchainLine: 'go1.27.1-custom' }, '1.27.1'],
    [{ goLine: '1.21', toolchainLine: 'go1.23.0' }, '1.26.10'],
    [{ toolchainLine: 'default' }, '1.26.10'],
    [{ goLine: '1.27rc1' }, '1.27rc1'],
  ])('%j: %s', (wish, expected) => {
    const { version, newestOfSeries } = wantedGo(wish, known)
    expect(version + (newestOfSeries ? ' newest' : '')).toBe(expected)
  })

  it('names the nearest versions to one that is not there', () => {
    expect(nearestVersions('1.26.99', ['1.27.0', '1.26.9', '1.26.10', '1.27.3', '1.28rc1'])).toEqual(['1.26.10', '1.27.0', '1.27.3'])
    expect(nearestVersions('1.30.0', ['1.26.9'])).toEqual(['1.26.9'])
  })
})

describe('the way through proxies', () => {
  it.each([
    ['https://proxy.golang.org/x', {}, undefined],
    ['https://proxy.golang.org/x', { HTTPS_PROXY: 'corp:3128' }, 'http://corp:3128/'],
    ['https://proxy.golang.org/x', { https_proxy: 'https://u:p@corp:8443' }, 'https://u:p@corp:8443/'],
    ['https://proxy.golang.org/x', { HTTP_PROXY: 'corp:3128' }, undefined],
    ['http://localhost:3000/x', { HTTP_PROXY: 'corp:3128' }, undefined],
    ['http://127.0.0.1:3000/x', { HTTP_PROXY: 'corp:3128' }, undefined],
    ['https://a.corp.example/x', { HTTPS_PROXY: 'p:1', NO_PROXY: 'corp.example' }, undefined],
    ['https://corp.example/x', { HTTPS_PROXY: 'p:1', NO_PROXY: '.corp.example' }, 'http://p:1/'],
    ['https://a.corp.example/x', { HTTPS_PROXY: 'p:1', NO_PROXY: 'x, *.corp.example' }, undefined],
    ['https://evilcorp.example/x', { HTTPS_PROXY: 'p:1', NO_PROXY: 'corp.example' }, 'http://p:1/'],
    ['https://10.1.2.3/x', { HTTPS_PROXY: 'p:1', NO_PROXY: '10.0.0.0/8' }, undefined],
    ['https://11.1.2.3/x', { HTTPS_PROXY: 'p:1', NO_PROXY: '10.0.0.0/8' }, 'http://p:1/'],
    ['https://[fd00::1]/x', { HTTPS_PROXY: 'p:1', no_proxy: 'fd00::/8' }, undefined],
    ['https://a.example:8443/x', { HTTPS_PROXY: 'p:1', NO_PROXY: 'a.example:8443' }, undefined],
    ['https://a.example/x', { HTTPS_PROXY: 'p:1', NO_PROXY: 'a.example:8443' }, 'http://p:1/'],
    ['https://a.example/x', { HTTPS_PROXY: 'p:1', NO_PROXY: '*' }, undefined],
  ])('%s with %j', (address, environment, expected) => expect(proxyFor(new URL(address), environment)?.href).toBe(expected))

  it('takes logins from netrc as Go does', () => {
    const text =
      'machine a login l password p\nmachine b\n  login l2\n  password p2\nmacdef m\nmachine c login x password y\n\ndefault login d password d\n'
    expect(parseNetrc(text)).toEqual([
      { machine: 'a', login: 'l', password: 'p' },
      { machine: 'b', login: 'l2', password: 'p2' },
    ])
  })
})
