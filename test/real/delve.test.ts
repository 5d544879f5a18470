import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { checkWhole, leftovers, sha256 } from '../helpers/output.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'
import { agrees, readers } from './support/agreement.ts'
import { builtOnce, checkOutTagged, headOf, targetOptions } from './support/real-module.ts'
import { runFromZip } from './support/run.ts'

const delve = { path: 'github.com/go-delve/delve', version: 'v1.27.2' }
const compilerSays =
  /^service\/debugger\/debugger\.go:\d+:\d+: found packages native .* and your_windows_architecture_is_not_supported_by_delve .*\nerror dlv does not compile for windows\/386/

describeWith(readers, 'delve: one of the three targets compiles', () => {
  const checkout = builtOnce(delve, ['amd64'])
  agrees(
    {
      name: 'dlv',
      module: delve.path,
      main: `${delve.path}/cmd/dlv`,
      version: '1.27.2',
      archs: ['amd64'],
      files: ['CHANGELOG.md', 'LICENSE', 'README.md'],
    },
    checkout,
  )

  it("386: exit code 4, the compiler's own lines first, and no output folder", async () => {
    const fresh = checkOutTagged(delve, temporaryFolder())
    const { code, stdout, stderr } = await gopack(['build', '--quiet', ...targetOptions(['386'])], { cwd: fresh })
    expect([code, stdout]).toEqual([4, ''])
    expect(stderr).toMatch(compilerSays)
    expect(existsSync(join(fresh, 'dist'))).toBe(false)
  })

  it('386 beside amd64: exit code 4, and the last output stays as it was', async () => {
    const list = join(checkout(), 'dist/artifacts.json')
    const before = sha256(list)
    const { code, stderr } = await gopack(['build', '--quiet', ...targetOptions(['amd64', '386'])], { cwd: checkout() })
    expect(code, stderr).toBe(4)
    expect(stderr).toMatch(compilerSays)
    expect(sha256(list)).toBe(before)
    expect(checkWhole(join(checkout(), 'dist'))).toBe('v1.27.2+20260304.0506')
    expect(leftovers(join(checkout(), 'dist'))).toEqual([])
  })

  describeWith(['wine', 'mingw'], 'under Wine', () => {
    it('runs from the unpacked zip, and knows the commit', async () => {
      const run = await runFromZip(checkout(), 'dlv', ['version'])
      expect(run).toMatchObject({ exitCode: 0, stdout: `Delve Debugger\nVersion: 1.27.2\nBuild: ${headOf(checkout())}\n` })
    })
  })
})
