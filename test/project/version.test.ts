import { describe, expect, it } from 'vitest'
import type { GitState } from '../../src/project/git.ts'
import { parseTagVersion, versionTags } from '../../src/project/tags.ts'
import { chooseVersion, type VersionSources } from '../../src/project/version.ts'

const head = 'a'.repeat(40)
const older = 'b'.repeat(40)
const time = Date.UTC(2026, 10, 21, 15, 30) / 1000

function state(more: object = {}): GitState {
  return { present: true, top: '/x', commit: head, committed: time, shallow: false, tags: [], linkedWorktree: false, ...more }
}

function choose(tags: readonly [string, string][], more: Partial<VersionSources> = {}): ReturnType<typeof chooseVersion> {
  const list = tags.map(([name, commit]) => ({ name, commit }))
  return chooseVersion({
    git: state({ tags: list }),
    tags: versionTags(list, 'semver', ''),
    commitsSince: 0,
    snapshot: false,
    timestamp: time,
    ...more,
  })
}

describe('the version of a build', () => {
  it('is the tag on a clean tagged commit', () => {
    expect(choose([['v1.4.2', head]])).toEqual({
      version: '1.4.2',
      tag: 'v1.4.2+20261121.1530',
      fileTag: 'v1.4.2-20261121.1530',
      snapshot: false,
      prerelease: false,
      numbers: [1, 4, 2, 0],
      authoritative: true,
    })
  })

  it('takes the highest of several tags on one commit', () => {
    expect(
      choose([
        ['v1.4.2', head],
        ['v1.10.0', head],
        ['v1.9.9', head],
      ]).version,
    ).toBe('1.10.0')
  })

  it("takes the commit's own tag even where a higher one is reachable", () => {
    expect(
      choose([
        ['v1.3.10', head],
        ['v1.4.0', older],
      ]).version,
    ).toBe('1.3.10')
  })

  it("keeps the tag's own metadata before the time, under one plus sign", () => {
    expect(choose([['v1.4.2+build.5', head]]).tag).toBe('v1.4.2+build.5.20261121.1530')
  })

  it('is the next patch as a development version after a release', () => {
    const found = choose([['v1.4.2', older]], { commitsSince: 7 })
    expect(found).toMatchObject({
      version: '1.4.3-dev.7',
      tag: `v1.4.3-dev.7+20261121.1530.g${'a'.repeat(12)}`,
      snapshot: true,
      prerelease: true,
      numbers: [1, 4, 2, 7],
    })
  })

  it('goes on from a prerelease, and its numbers stay those of the last release', () => {
    const found = choose(
      [
        ['v2.0.0-rc.1', older],
        ['v1.4.2', older],
      ],
      { commitsSince: 3 },
    )
    expect(found).toMatchObject({ version: '2.0.0-rc.1.dev.3', numbers: [1, 4, 2, 3] })
  })

  it("is 0.0.0-dev.N without a tag, and leaves the program's own version alone", () => {
    expect(choose([], { commitsSince: 12 })).toMatchObject({ version: '0.0.0-dev.12', numbers: [0, 0, 0, 12], authoritative: false })
  })

  it('says shallow where a shallow clone hides the tags', () => {
    expect(choose([], { git: state({ shallow: true }), commitsSince: undefined }).version).toBe('0.0.0-dev.shallow')
  })

  it("is never the tag's on a dirty tree, and marks which dirt", () => {
    const list = [{ name: 'v1.4.2', commit: head }]
    const found = choose([['v1.4.2', head]], { git: state({ tags: list, dirty: '0123abcd' }) })
    expect(found.tag).toBe(`v1.4.3-dev.0+20261121.1530.g${'a'.repeat(12)}.dirty0123abcd`)
  })

  it('keeps the number of --set-version on a dirty tree and adds the mark', () => {
    const found = choose([], { git: state({ dirty: '0123abcd' }), setVersion: 'v3.0.0' })
    expect(found).toMatchObject({
      version: '3.0.0',
      tag: 'v3.0.0+20261121.1530.dirty0123abcd',
      snapshot: false,
      numbers: [3, 0, 0, 0],
      authoritative: true,
    })
  })

  it('is a snapshot with --snapshot even on a tag', () => {
    expect(choose([['v1.4.2', head]], { snapshot: true }).version).toBe('1.4.3-dev.0')
  })

  it('is 0.0.0-dev without git', () => {
    expect(
      choose([], { git: { present: false, reason: 'no-repository', top: undefined }, timestamp: Date.UTC(1980, 0, 1) / 1000 }).tag,
    ).toBe('v0.0.0-dev+19800101.0000')
  })

  it.each(['65536.0.0', '1.70000.0', '1.0.65536'])('refuses %s: Windows stores 16 bits', (version) => {
    expect(() => choose([], { setVersion: version })).toThrow(/65535/)
  })

  it.each(['1.2', 'x', '', '1.2.3.4'])('refuses --set-version "%s"', (version) => {
    expect(() => choose([], { setVersion: version })).toThrow(expect.objectContaining({ code: 'VERSION_INVALID', exitCode: 2 }))
  })

  it('never lets a commit count overflow the fourth number', () => {
    expect(choose([['v1.0.0', older]], { commitsSince: 99_999 }).numbers).toEqual([1, 0, 0, 65535])
  })
})

describe('git tags as versions', () => {
  it('reads the timestamp scheme as numbers without leading zeros', () => {
    expect(parseTagVersion('v20260304-0506', 'timestamp')?.version).toBe('2026.304.506')
  })

  it('leaves out tags of other prefixes, and those that are no versions', () => {
    const tags = ['v1.0.0', 'cmd/tool/v2.0.0', 'nightly', 'v1.2'].map((name) => ({ name, commit: head }))
    expect(versionTags(tags, 'semver', '').map(({ tag }) => tag)).toEqual(['v1.0.0'])
    expect(versionTags(tags, 'semver', 'cmd/tool/').map(({ tag }) => tag)).toEqual(['cmd/tool/v2.0.0'])
  })
})
