import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'
import { agrees, readers } from './support/agreement.ts'
import { pefile } from './support/readers.ts'
import { builtOnce, checkOutTagged, targetOptions } from './support/real-module.ts'
import { runFromZip } from './support/run.ts'

const fzf = { path: 'github.com/junegunn/fzf', version: 'v0.65.2' }
const archs = ['amd64', 'arm64', '386'] as const

describeWith(readers, 'fzf: main.go names a version of its own, and a .goreleaser.yml is there', () => {
  const checkout = builtOnce(fzf, archs)
  const files = ['CHANGELOG.md', 'LICENSE', 'README-VIM.md', 'README.md']
  agrees({ name: 'fzf', module: fzf.path, main: fzf.path, version: '0.65.2', archs, files }, checkout)

  it.each(archs)('%s: has a checksum that pefile computes as well', (arch) => {
    const [written, right] = pefile(join(checkout(), `dist/windows_${arch}/fzf.exe`), '--checksum').checksum!
    expect(written).toBe(right)
  })

  it('gives the same bytes from another folder, in another zone, without a cache of ours', async () => {
    const other = checkOutTagged(fzf, temporaryFolder())
    const env = { TZ: 'America/St_Johns', GOPACK_CACHE: temporaryFolder() }
    const { code, stderr } = await gopack(['build', ...targetOptions(archs)], { cwd: other, env })
    expect(code, stderr).toBe(0)
    const first = join(checkout(), 'dist')
    const names = readdirSync(first, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => join(one.parentPath, one.name).slice(first.length))
    expect(names).toHaveLength(9)
    for (const name of names) expect(readFileSync(join(other, 'dist', name)).equals(readFileSync(join(first, name))), name).toBe(true)
  })

  describeWith(['wine', 'mingw'], 'under Wine', () => {
    it('runs from the unpacked zip, and knows the version of its tag', async () => {
      expect(await runFromZip(checkout(), 'fzf', ['--version'])).toMatchObject({ exitCode: 0, stdout: '0.65.2 (devel)\n' })
    })

    it('does its work', async () => {
      const run = await runFromZip(checkout(), 'fzf', ['--filter', 'an'], { input: 'apple\nbanana\ncherry\n' })
      expect(run).toMatchObject({ exitCode: 0, stdout: 'banana\n' })
    })
  })
})
