import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ZipMember } from '../../inspect/make-zip.ts'
import { leftIn, provideFake, zipPath } from './support/provide.ts'
import { serve } from './support/server.ts'
import { fakeGo, h1Of, moduleZip, officialList, officialTar, prefixOf, testVersion, type FakeGo } from './support/toolchain.ts'

const fake = fakeGo(testVersion, 200_000)
const zip = moduleZip(fake)
const prefix = prefixOf(testVersion)

/** Asks for what a proxy sends and expects it to be refused, with nothing left. */
async function refuses(content: Buffer, reason: RegExp, known: FakeGo = fake): Promise<void> {
  const server = await serve({ [zipPath()]: content })
  const { error, cache } = await provideFake(known, {
    GOPROXY: server.url,
    GONOSUMDB: '*',
    GONOSUMCHECK: '1',
    GOFLAGS: '-insecure',
    GOSUMDB: 'off',
  })
  expect([error?.code, error?.exitCode, error?.message]).toEqual(['GO_REFUSED', 5, expect.stringMatching(reason)])
  expect(error?.message).toContain(server.url)
  expect(leftIn(cache)).toEqual([])
  expect(existsSync(join(cache, '..', 'evil'))).toBe(false)
}

it.each([30, 200, 100_000, zip.length - 300, zip.length - 40])('refuses a zip with a flipped bit at %d', async (at) => {
  const flipped = Buffer.from(zip)
  flipped[at]! ^= 4
  await refuses(flipped, /thrown away: (it is damaged|its hash is|it holds|it has no)/)
})

it('refuses the right zip of another Go', () => refuses(moduleZip(fakeGo(testVersion, 100_000)), /its hash is h1:.* should be h1:/))

it.each([0, 21, 1000, zip.length - 1])('refuses a zip cut off after %d bytes', (length) =>
  refuses(zip.subarray(0, length), /damaged or cut off/),
)

it('refuses what is no zip', () => refuses(Buffer.from('<html>Log in, please</html>'), /damaged or cut off/))

const evil: readonly [string, ZipMember, RegExp][] = [
  ['a name that leads out', { name: `${prefix}../../evil`, data: 'x' }, /leads out of its folder/],
  ['an absolute name', { name: '/evil', data: 'x' }, /not below/],
  ['an absolute name behind the prefix', { name: `${prefix}/evil`, data: 'x' }, /absolute path/],
  ['a Windows drive', { name: `${prefix}c:/evil`, data: 'x' }, /absolute path/],
  ['a backslash', { name: `${prefix}..\\evil`, data: 'x' }, /no name every system takes/],
  ['a name outside the module', { name: 'golang.org/x/evil', data: 'x' }, /not below/],
  ['a symbolic link', { name: `${prefix}src/link`, data: '/etc/passwd', mode: 0o120777 }, /a link/],
  ['a file twice', { name: `${prefix}bin/go`, data: 'x' }, /twice/],
  ['a file twice on Windows', { name: `${prefix}BIN/Go`, data: 'x' }, /twice/],
  ['both names of go.mod', { name: `${prefix}src/go.mod`, data: 'x' }, /twice/],
  ['a file that is a folder', { name: `${prefix}src`, data: 'x' }, /as a file and as a folder/],
  ['a folder that is a file', { name: `${prefix}VERSION/x`, data: 'x' }, /as a file and as a folder/],
  ['a device of Windows', { name: `${prefix}src/aux.go`, data: 'x' }, /device of Windows/],
  ['a size that lies', { name: `${prefix}src/lie.go`, data: 'x'.repeat(1000), lie: { size: 10 } }, /damaged/],
]

it.each(evil)('refuses a zip with %s, though its hash is right', async (_what, member, reason) => {
  // The hash of such a zip would be right if gopack knew it: names are checked before.
  const path = member.name.startsWith(prefix) ? member.name.slice(prefix.length) : member.name
  const files = new Map([...fake.files, [path, String(member.data)]])
  await refuses(moduleZip(fake, [member]), reason, { ...fake, files, hash: h1Of(files, testVersion) })
})

it.each([
  ['a name that leads out', { name: 'go/../../evil', content: 'x' }, /leads out/],
  ['an absolute name', { name: '/evil', content: 'x' }, /not below/],
  ['a symbolic link', { name: 'go/link', content: '', linkname: '/etc' }, /a link/],
  ['a file twice', { name: 'go/bin/go', content: 'x' }, /twice/],
])('refuses an official archive with %s', async (_what, entry, reason) => {
  const tar = await officialTar(fake, [entry])
  const name = `go${testVersion}.linux-amd64.tar.gz`
  const server = await serve({ '/dl/?mode=json&include=all': officialList(testVersion, name, tar), [`/dl/${name}`]: tar })
  const { error, cache } = await provideFake(fake, { GOPACK_GO_DOWNLOADS: `${server.url}/dl` }, { pinned: {} })
  expect([error?.code, error?.message]).toEqual(['GO_REFUSED', expect.stringMatching(reason)])
  expect(leftIn(cache)).toEqual([])
})

it('refuses an official archive with another SHA-256 before it is unpacked', async () => {
  const tar = await officialTar(fake)
  const name = `go${testVersion}.linux-amd64.tar.gz`
  const flipped = Buffer.from(tar)
  flipped[1000]! ^= 1
  const server = await serve({ '/dl/?mode=json&include=all': officialList(testVersion, name, tar), [`/dl/${name}`]: flipped })
  const { error, cache, events } = await provideFake(fake, { GOPACK_GO_DOWNLOADS: `${server.url}/dl` })
  expect([error?.code, error?.message]).toEqual(['GO_REFUSED', expect.stringMatching(/SHA-256 is [0-9a-f]{64}/)])
  expect(events.some(({ type }) => type === 'go-unpack')).toBe(false)
  expect(leftIn(cache)).toEqual([])
})

it('refuses a Go that does not start', async () => {
  const files = new Map([...fake.files, ['bin/go', '#!/bin/sh\nexit 1\n']])
  const dead = { ...fake, files, hash: h1Of(files, testVersion) }
  const server = await serve({ [zipPath()]: moduleZip(dead) })
  const { error, cache } = await provideFake(dead, { GOPROXY: server.url })
  expect([error?.code, error?.exitCode]).toEqual(['GO_DOES_NOT_START', 3])
  expect(leftIn(cache)).toEqual([])
})
