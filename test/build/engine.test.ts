import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { commitAll, copyOf } from '../helpers/repository.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'

const fields = [
  '-FileVersionNumber',
  '-ProductVersionNumber',
  '-FileFlags',
  '-FileVersion',
  '-ProductVersion',
  '-ProductName',
  '-FileDescription',
  '-InternalName',
  '-OriginalFileName',
  '-LanguageCode',
  '-CharacterSet',
]

function decoded(exe: string): unknown {
  const [found] = JSON.parse(execFileSync('exiftool', ['-json', ...fields, exe], { encoding: 'utf8' })) as Record<string, unknown>[]
  const { SourceFile: _, ...rest } = found!
  return { ...rest, resources: execFileSync('wrestool', ['-l', exe], { encoding: 'utf8' }).replaceAll(/ offset=\S+/g, '') }
}

describeWith(['wine', 'exiftool', 'wrestool'], 'gopack build --engine rcedit', () => {
  it('makes what the portable engine makes, as others read it', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    for (const engine of ['portable', 'rcedit']) {
      const { code, stderr } = await gopack(['build', '--engine', engine, '--out', engine], { cwd: folder })
      expect(code, stderr).toBe(0)
    }
    expect(decoded(join(folder, 'rcedit/windows_amd64/hello.exe'))).toEqual(decoded(join(folder, 'portable/windows_amd64/hello.exe')))
  })

  it('says what to install without Wine: exit code 3', async () => {
    const folder = copyOf('hello')
    const tools = temporaryFolder()
    for (const name of ['go', 'git'])
      execFileSync('ln', ['-s', execFileSync('which', [name], { encoding: 'utf8' }).trim(), join(tools, name)])
    const { code, stderr } = await gopack(['build', '--engine', 'rcedit'], { cwd: folder, env: { PATH: tools } })
    expect([code, stderr]).toEqual([3, expect.stringMatching(/RCEDIT_NO_WINE/)])
  })
})
