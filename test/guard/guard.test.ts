import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeWith } from '../helpers/tools.ts'

const folder = join(import.meta.dirname, '../../templates/guard')

/** Runs the go command in the guard's module, with nothing taken from the machine's own Go settings. */
function go(args: readonly string[], system?: string) {
  const env = { ...process.env, GOFLAGS: '', GOTOOLCHAIN: 'local', GOWORK: 'off', CGO_ENABLED: '0' }
  const [GOOS, GOARCH] = system?.split('/') ?? []
  const target = GOOS && GOARCH ? { GOOS, GOARCH } : {}
  const { status, stdout, stderr } = spawnSync('go', [...args], { cwd: folder, env: { ...env, ...target }, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

describeWith(['go'], 'the guard', () => {
  it.runIf(process.platform === 'linux')('its own tests pass', () => {
    const { status, output } = go(['test', '-short', './...'])
    expect(status, output).toBe(0)
  })

  it.each(['linux/amd64', 'windows/amd64', 'windows/arm64', 'windows/386'])('go vet finds nothing for %s', (system) => {
    expect(go(['vet', './...'], system)).toEqual({ status: 0, output: '' })
  })
})
