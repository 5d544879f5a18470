import { describe, expect, it } from 'vitest'
import { compareGoVersions, isRequestedGo } from '../../src/go/version.ts'

describe('Go versions', () => {
  it('are ordered with candidates before their release', () => {
    const ordered = ['go1.20', 'go1.21rc2', 'go1.21', 'go1.21.3', 'go1.26.8', 'go1.27rc1', 'go1.27']
    expect([...ordered].reverse().sort(compareGoVersions)).toEqual(ordered)
    expect(compareGoVersions('go1.26', '1.26.0')).toBe(0)
  })

  it('answer a request by line or exactly', () => {
    expect([
      isRequestedGo('go1.26.8', '1.26'),
      isRequestedGo('go1.26.8', '1.26.8'),
      isRequestedGo('go1.26.8', '1.2'),
      isRequestedGo('go1.26.8', '1.26.7'),
    ]).toEqual([true, true, false, false])
  })
})
