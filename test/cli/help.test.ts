import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { commandList } from '../../src/cli/commands.ts'
import { gopack, gopackBin, gopackEnvironment } from '../helpers/gopack.ts'

const cwd = tmpdir()
const env = { COLUMNS: '80' }
const stackTrace = /^\s+at .+:\d+:\d+\)?$/m

describe('help', () => {
  it('of gopack names every command', async () => {
    const { code, stdout, stderr } = await gopack(['--help'], { cwd, env })
    expect([code, stderr]).toEqual([0, ''])
    await expect(stdout).toMatchFileSnapshot('golden/help.txt')
    for (const { name } of commandList) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
    // Somebody who types only the name gets the same.
    expect((await gopack([], { cwd, env })).stdout).toBe(stdout)
  })

  it.each(commandList.map(({ name }) => name))('of gopack %s', async (name) => {
    const { code, stdout, stderr } = await gopack([name, '--help'], { cwd, env })
    expect([code, stderr]).toEqual([0, ''])
    await expect(stdout).toMatchFileSnapshot(`golden/help-${name}.txt`)
    for (const option of ['--cwd <dir>', '--config <file>', '--json', '--quiet', '--verbose', '--no-color'])
      expect(stdout).toContain(`  ${option} `)
  })

  it('gives way to the version', async () => {
    const { code, stdout } = await gopack(['--version'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect((await gopack(['-V'], { cwd })).stdout).toBe(stdout)
  })
})

describe('a command line gopack does not understand', () => {
  it.each([
    [['biuld'], 'There is no command "biuld". Did you mean "build"?'],
    [['build', '--targt', 'x'], "Unknown option '--targt'. Did you mean --target?"],
    [['build', '--target'], "Option '-t, --target <os/arch>' argument missing."],
    [['inspect'], "Missing required argument 'path'."],
    [['explain', 'A', 'B'], "Too many arguments for 'explain'. Expected 1 argument but got 2."],
    [['build', '--jobs', 'many'], '--jobs is "many", not a number from 1 to 64.'],
    [['plan', '--cwd', 'no such folder'], '--cwd: there is no folder no such folder.'],
    [['schema', 'confg'], 'There is no schema "confg"; there are config, plan, artifacts. Did you mean "config"?'],
    [['schema', 'constructor'], 'There is no schema "constructor"; there are config, plan, artifacts.'],
    [['completion', 'constructor'], 'There is no completion for "constructor"; there is one for bash, zsh, fish, powershell.'],
    [['cache', 'claen'], 'There is no `gopack cache claen`; there are `gopack cache` and `gopack cache clean`.'],
  ])('%j ends with 2 and one message', async (args, message) => {
    const { code, stdout, stderr } = await gopack(args, { cwd })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(new RegExp(`^error ${escaped(message)}\\n  fix .+\\n +gopack explain USAGE\\n$`))
    expect(stderr).not.toMatch(stackTrace)
  })

  it('is a JSON document on stdout with --json', async () => {
    const { code, stdout, stderr } = await gopack(['build', '--targt', 'x', '--json'], { cwd })
    expect([code, stderr]).toEqual([2, ''])
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'USAGE', message: "Unknown option '--targt'. Did you mean --target?", hint: expect.stringContaining('gopack --help') },
    })
  })
})

describe('a reader that has seen enough', () => {
  it('is no error', async () => {
    const child = spawn(process.execPath, [gopackBin(), 'schema'], { cwd, env: gopackEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.stdout.destroy()
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect([code, stderr]).toEqual([0, ''])
  })
})

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
