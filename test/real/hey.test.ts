import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeWith } from '../helpers/tools.ts'
import { agrees, readers } from './support/agreement.ts'
import { exiftool, goVersion, pefile } from './support/readers.ts'
import { builtOnce, checkOut } from './support/real-module.ts'
import { runFromZip } from './support/run.ts'

const hey = { path: 'github.com/rakyll/hey', version: 'v0.1.5' }

describeWith(readers, 'hey: a small module without any configuration', () => {
  const checkout = builtOnce(hey, ['amd64', 'arm64', '386'])
  agrees(
    { name: 'hey', module: hey.path, main: hey.path, version: '0.1.5', archs: ['amd64', 'arm64', '386'], files: ['LICENSE', 'README.md'] },
    checkout,
  )

  describeWith(['wine', 'mingw'], 'under Wine', () => {
    it('runs from the unpacked zip', async () => {
      const { exitCode, stderr } = await runFromZip(checkout(), 'hey', [])
      expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^Usage: hey \[options\.\.\.\] <url>/)])
    })
  })
})

describeWith(readers, 'hey without git', () => {
  const checkout = builtOnce(hey, ['amd64'], checkOut)
  const exe = (): string => join(checkout(), 'dist/windows_amd64/hey.exe')

  it('is a development version of no time, and says so', () => {
    expect(readdirSync(join(checkout(), 'dist'))).toContain('hey_v0.0.0-dev-19800101.0000_windows_amd64.zip')
    expect(exiftool(exe())).toMatchObject({
      FileVersionNumber: '0.0.0.0',
      ProductVersion: '0.0.0-dev+19800101.0000',
      FileFlags: 'Pre-release',
      ProductName: 'hey',
      OriginalFileName: 'hey.exe',
    })
    const info = goVersion(exe())
    expect([info.get('mod'), info.get('vcs.revision')]).toEqual(['github.com/rakyll/hey (devel)', undefined])
  })

  it('has a checksum that pefile computes as well', () => {
    const [written, right] = pefile(exe(), '--checksum').checksum!
    expect(written).toBe(right)
    expect(written).not.toBe(0)
  })
})
