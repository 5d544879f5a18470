import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { gopack, gopackBin, testCache } from '../helpers/gopack.ts'
import { commitAll, copyOf } from '../helpers/repository.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'

const tag = 'v1.4.2+20260304.0506'

describe('a build in CI', () => {
  it('prints a line a step on stderr, results on stdout', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    const { stdout, stderr } = await gopack(['build'], { cwd: folder })
    expect(stderr.replaceAll(/\([\d.]+ m?s\)/g, '(time)')).toBe(
      'hello windows/amd64: compile done (time)\nhello windows/amd64: resources done (time)\nhello windows/amd64: audit done (time)\nhello windows/amd64: archive done (time)\n',
    )
    expect(stdout.split('\n').map((line) => line.split(' ')[0])).toEqual([
      'dist/checksums.txt',
      'dist/hello_v1.4.2-20260304.0506_windows_amd64.zip',
      'dist/windows_amd64/hello.exe',
      '',
    ])
    expect(await gopack(['build', '--quiet'], { cwd: folder })).toMatchObject({ code: 0, stderr: '' })
  })

  it('gives GitHub Actions groups, outputs and a summary', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    const files = temporaryFolder()
    const env = { GITHUB_ACTIONS: 'true', CI: 'true', GITHUB_OUTPUT: join(files, 'output'), GITHUB_STEP_SUMMARY: join(files, 'summary') }
    const { stderr } = await gopack(['build', '--target', 'windows/amd64,windows/386'], { cwd: folder, env })
    expect(stderr.match(/^::group::hello windows\/(amd64|386) \(/gm)).toHaveLength(2)
    expect(stderr.match(/^::endgroup::$/gm)).toHaveLength(2)
    expect(readFileSync(env.GITHUB_OUTPUT, 'utf8')).toBe(
      `tag=${tag}\nversion=1.4.2\narchives<<GOPACK_END\n${['386', 'amd64'].map((arch) => join(folder, `dist/hello_${tag.replace('+', '-')}_windows_${arch}.zip`)).join('\n')}\nGOPACK_END\n`,
    )
    expect(readFileSync(env.GITHUB_STEP_SUMMARY, 'utf8')).toMatch(/\| `windows_amd64\/hello\.exe` \| [\d.]+ MB \| new \| `[0-9a-f]{64}` \|/)
  })

  it('uses colours only when it is told to', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    const colored = await gopack(['plan'], { cwd: folder, env: { NO_COLOR: undefined, FORCE_COLOR: '1' } })
    expect(colored.stdout).toContain('\u001b[1m')
    for (const [args, env] of [
      [['plan'], { NO_COLOR: undefined }],
      [['plan'], { NO_COLOR: '1', FORCE_COLOR: '1' }],
      [['plan', '--no-color'], { NO_COLOR: undefined, FORCE_COLOR: '1' }],
    ] as const) {
      expect((await gopack(args, { cwd: folder, env })).stdout).not.toContain('\u001b')
    }
  })
})

describeWith(['tmux'], 'a build on a terminal', () => {
  it('redraws its lanes in place and ends with the table', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    const socket = join(temporaryFolder(), 'tmux')
    const tmux = (...args: string[]): string => execFileSync('tmux', ['-S', socket, ...args], { encoding: 'utf8' })
    onTestFinished(() => void spawnSync('tmux', ['-S', socket, 'kill-server']))
    const command = `env -u CI -u NO_COLOR GOPACK_CACHE=${testCache()} TERM=xterm-256color ${process.execPath} ${gopackBin()} build --target windows/amd64,windows/386; echo code $?; sleep 60`
    tmux('new-session', '-d', '-x', '120', '-y', '40', '-c', folder, command)
    let screen = ''
    for (let waited = 0; waited < 600 && !screen.includes('code '); waited++) {
      await sleep(100)
      screen = tmux('capture-pane', '-p')
    }
    expect(screen).toMatch(/^✔ hello windows\/amd64 {2}compile .* · resources .* · archive .*\[[\d.]+s\]$/m)
    expect(screen.match(/✔ hello windows\/386/g)).toHaveLength(1)
    expect(screen).toMatch(/^dist\/windows_386\/hello\.exe +[\d.]+ MB {2}new$/m)
    expect(screen).toContain('code 0')
  })
})
