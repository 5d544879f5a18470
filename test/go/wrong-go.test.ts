import { writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { helloMain, moduleOf } from '../helpers/repository.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'

/** A folder with a `go` that is a shell script. */
function folderWith(script: string): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'go'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return folder
}

describeWith(['git'], 'a go command that does not answer as Go does', () => {
  it.each([
    ['a banner first', 'echo "Welcome to the wrapper"; echo "{}"', 'Welcome to the wrapper'],
    ['nothing', 'exit 0', 'nothing'],
    ['null', 'echo null', 'null'],
    ['a list of numbers', 'echo "[1]"', '[1]'],
    ['an object without anything', 'echo "{}"', '{}'],
    ['a number', 'echo "{\\"GOVERSION\\": 1}"', 'GOVERSION'],
    ['half an answer', 'echo "{"; echo "\\"GOVERSION\\": \\"go1.2"', 'GOVERSION'],
  ])('is named: %s', async (_name, script, shown) => {
    const folder = folderWith(script)
    const env = { PATH: `${folder}${delimiter}${process.env['PATH']}`, GOPROXY: 'off' }
    const cwd = moduleOf({ 'main.go': helloMain })
    const { code, stderr } = await gopack(['build'], { cwd, env })
    expect([code, stderr]).toEqual([1, expect.stringContaining(join(folder, 'go'))])
    expect(stderr).toContain(shown)
    expect(stderr).toContain('gopack explain GO_FAILED')
    const doctor = await gopack(['doctor'], { cwd, env })
    expect([doctor.code, doctor.stdout]).toEqual([1, expect.stringContaining(join(folder, 'go'))])
  })

  it('is named where only the list of targets is wrong', async () => {
    const answer = 'if [ "$1" = env ]; then exec "$REAL_GO" "$@"; fi; echo "{}"'
    const folder = folderWith(`REAL_GO="$(PATH="\${PATH#*:}" command -v go)"\n${answer}`)
    const env = { PATH: `${folder}${delimiter}${process.env['PATH']}` }
    const { code, stderr } = await gopack(['plan', '--target', 'windows'], { cwd: moduleOf({ 'main.go': helloMain }), env })
    expect([code, stderr]).toEqual([1, expect.stringContaining(join(folder, 'go'))])
  })
})
