import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandList } from '../../src/cli/commands.ts'
import { completionTree } from '../../src/cli/completion/tree.ts'
import { makeProgram } from '../../src/cli/main.ts'
import { errorCatalogue } from '../../src/errors/catalogue.ts'
import { gopack } from '../helpers/gopack.ts'
import { write } from '../helpers/repository.ts'
import { makeFolder } from '../helpers/temporary.ts'
import { describeWith, hasTool } from '../helpers/tools.ts'

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const
type Shell = (typeof shells)[number]

const names = commandList.map(({ name }) => name)
const helper = (name: string): string => fileURLToPath(new URL(`shells/${name}`, import.meta.url))
let folder = ''
const scriptOf = (shell: Shell): string => join(folder, `completion.${shell === 'powershell' ? 'ps1' : shell}`)

beforeAll(async () => {
  folder = makeFolder()
  for (const shell of shells) writeFileSync(scriptOf(shell), (await gopack(['completion', shell], { cwd: folder })).stdout)
  write(join(folder, 'work'), { 'tool one.exe': '', 'tool folder/file': '', 'build/file': '' })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a shell offers at the end of a line; values without their option, folders without a slash. */
function offers(shell: Shell, line: string): string[] {
  const text = execFileSync(...asked(shell, line), {
    cwd: join(folder, 'work'),
    encoding: 'utf8',
    env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder },
  })
  const lines = text.split('\n').filter((word) => word !== '')
  return [
    ...new Set(
      lines.map((word) =>
        word
          .split('\t')[0]!
          .replace(/^--[a-z-]+=/, '')
          .replace(/\/$/, '')
          .replaceAll('\\ ', ' '),
      ),
    ),
  ].sort()
}

function asked(shell: Shell, line: string): [string, string[]] {
  // As COMP_WORDBREAKS makes bash split it.
  if (shell === 'bash') return ['bash', [helper('complete.bash'), scriptOf(shell), ...line.split(/ |(?<==)|(?==)/)]]
  if (shell === 'zsh') return ['zsh', ['-f', helper('complete.zsh'), scriptOf(shell), line]]
  if (shell === 'fish') return ['fish', ['--no-config', '-c', `source '${scriptOf(shell)}'; complete -C '${line}'`]]
  return ['pwsh', ['-NoProfile', '-NonInteractive', '-File', helper('complete.ps1'), scriptOf(shell), line]]
}

/** Error codes come and go; that they are there is tested below. */
function withoutCodes(script: string): string {
  const codes = Object.keys(errorCatalogue)
  return script.replaceAll(codes.join(' '), '<codes>').replaceAll(codes.map((code) => `'${code}'`).join(', '), '<codes>')
}

describe.each(shells)('gopack completion %s', (shell) => {
  it('prints the script in the golden file', async () => {
    const { code, stdout } = await gopack(['completion', shell], { cwd: folder })
    expect(code).toBe(0)
    await expect(withoutCodes(stdout)).toMatchFileSnapshot(`golden/completion.${shell === 'powershell' ? 'ps1' : shell}`)
  })

  const completes = (): void => {
    it('offers every command', () => {
      expect(offers(shell, 'gopack ')).toEqual(expect.arrayContaining([...names]))
      expect(offers(shell, 'gopack comp')).toEqual(['completion'])
      // Not the folder build/, and nothing of it.
      expect(offers(shell, 'gopack bui')).toEqual(['build'])
    })

    it('offers options and what they take', () => {
      expect(offers(shell, 'gopack build --en')).toEqual(['--engine'])
      expect(offers(shell, 'gopack build --engine ')).toEqual(['portable', 'rcedit'])
      expect(offers(shell, 'gopack build --timings -t windows/a')).toEqual(['windows/amd64', 'windows/arm64'])
      expect(offers(shell, 'gopack plan --target windows --tar')).toEqual(['--target'])
    })

    it('offers what arguments may be', () => {
      expect(offers(shell, 'gopack schema ')).toEqual(['artifacts', 'config', 'plan'])
      expect(offers(shell, 'gopack cache ')).toEqual(['clean'])
      expect(offers(shell, 'gopack explain CONFIG_S')).toEqual(['CONFIG_SYNTAX'])
    })
  }
  /** PowerShell offers files wherever it has nothing else, and has no --option=value. */
  const completesMore = (): void => {
    completes()
    it('offers files and folders only where they belong', () => {
      expect(offers(shell, 'gopack inspect tool')).toEqual(['tool folder', 'tool one.exe'])
      expect(offers(shell, 'gopack build --out tool')).toEqual(['tool folder'])
      expect(offers(shell, 'gopack build --set-version ')).toEqual([])
      // zsh offers options where nothing else may stand.
      expect(offers(shell, 'gopack init ').filter((word) => !word.startsWith('-'))).toEqual([])
      expect(offers(shell, 'gopack build --engine=r')).toEqual(['rcedit'])
    })
  }
  // PowerShell is not in Debian: its test runs wherever it is installed, as on GitHub's machines.
  if (shell === 'powershell') describe.skipIf(!hasTool('pwsh'))('as PowerShell runs it (needs pwsh)', completes)
  // The bash of Windows splits words and paths in ways of its own.
  else if (process.platform !== 'win32') describeWith([shell], `as ${shell} runs it`, completesMore)
})

describe('gopack completion', () => {
  it('knows every command and option there is', () => {
    const program = makeProgram()
    const tree = completionTree(program)
    expect(tree.map(({ name }) => name)).toEqual(names)
    for (const [index, command] of program.commands.entries()) {
      expect(tree[index]!.options.flatMap(({ flags }) => flags)).toEqual([
        ...command.options.flatMap(({ short, long }) => [short, long].filter((flag) => flag !== undefined)),
        '-h',
        '--help',
      ])
    }
  })

  it('has no two options that PowerShell, which ignores case, would take for one', () => {
    for (const { options } of completionTree(makeProgram())) {
      const flags = options.flatMap(({ flags: all }) => all.map((flag) => flag.toLowerCase()))
      expect(new Set(flags).size).toBe(flags.length)
    }
  })

  it('says which shells there are when asked for another', async () => {
    const { code, stderr } = await gopack(['completion', 'bsh'], { cwd: folder })
    expect(code).toBe(2)
    expect(stderr).toContain('There is no completion for "bsh"; there is one for bash, zsh, fish, powershell. Did you mean "bash"?')
  })
})
