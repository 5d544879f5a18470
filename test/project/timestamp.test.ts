import { describe, expect, it } from 'vitest'
import type { GitState } from '../../src/project/git.ts'
import { chooseTimestamp, isoTime, tagTime } from '../../src/project/timestamp.ts'

const git: GitState = {
  present: true,
  top: '/x',
  commit: 'a'.repeat(40),
  committed: 1_000_000_000,
  shallow: false,
  tags: [],
  linkedWorktree: false,
}
const none: GitState = { present: false, reason: 'no-repository', top: undefined }
const now = (): number => Date.UTC(2030, 0, 2, 3, 4, 5)

describe('the time of a build', () => {
  it('prefers --timestamp, then SOURCE_DATE_EPOCH, then the configuration, then the commit', () => {
    const all = { option: '2026-11-21T15:30:00Z', epoch: '5', configured: 'now', git, now }
    expect(chooseTimestamp(all)).toEqual({ seconds: Date.UTC(2026, 10, 21, 15, 30) / 1000, source: 'option' })
    expect(chooseTimestamp({ ...all, option: undefined })).toEqual({ seconds: 5, source: 'SOURCE_DATE_EPOCH' })
    expect(chooseTimestamp({ ...all, option: undefined, epoch: undefined })).toEqual({ seconds: now() / 1000, source: 'configuration' })
    expect(chooseTimestamp({ git, now })).toEqual({ seconds: 1_000_000_000, source: 'commit' })
  })

  it('takes "commit" and zones as they are meant', () => {
    expect(chooseTimestamp({ option: 'commit', epoch: '5', git, now }).seconds).toBe(1_000_000_000)
    expect(chooseTimestamp({ option: '2026-11-21T16:30:00+01:00', git, now }).seconds).toBe(Date.UTC(2026, 10, 21, 15, 30) / 1000)
  })

  it('asks the clock for nothing but "now"', () => {
    const broken = (): number => {
      throw new Error('the clock was asked')
    }
    expect(chooseTimestamp({ git: none, now: broken })).toEqual({ seconds: Date.UTC(1980, 0, 1) / 1000, source: 'none' })
  })

  it.each(['yesterday', '-1', '1.5', '0x10', ' 5'])('refuses SOURCE_DATE_EPOCH "%s"', (epoch) => {
    expect(() => chooseTimestamp({ epoch, git, now })).toThrow(expect.objectContaining({ code: 'TIMESTAMP_INVALID', exitCode: 2 }))
  })

  it.each(['yesterday', '2026-11-21', '2026-11-21T15:30:00', '2026-13-01T00:00:00Z'])('refuses --timestamp "%s"', (option) => {
    expect(() => chooseTimestamp({ option, git, now })).toThrow(expect.objectContaining({ code: 'TIMESTAMP_INVALID' }))
  })

  it('is written in UTC', () => {
    expect([tagTime(0), isoTime(0)]).toEqual(['19700101.0000', '1970-01-01T00:00:00Z'])
  })
})
