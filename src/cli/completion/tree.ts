import type { Command } from 'commander'

export interface CompletionOption {
  /** `--target`, and `-t` where there is one. */
  readonly flags: readonly string[]
  readonly description: string
  /** What may follow, when that is known. */
  readonly values: readonly string[]
  /** True when a value follows. */
  readonly takesValue: boolean
}

export interface CompletionCommand {
  readonly name: string
  readonly description: string
  readonly options: readonly CompletionOption[]
  /** Words that may stand as its argument. */
  readonly words: readonly string[]
}

const optionValues: Readonly<Record<string, readonly string[]>> = {
  '--target': ['windows/amd64', 'windows/arm64', 'windows/386', 'linux/amd64', 'linux/arm64', 'darwin/amd64', 'darwin/arm64', 'windows', 'all'],
  '--engine': ['portable', 'rcedit'],
  '--timestamp': ['commit', 'now'],
  '--ci': ['github'],
}

const commandWords: Readonly<Record<string, readonly string[]>> = {
  schema: ['config', 'plan', 'artifacts'],
  completion: ['bash', 'zsh', 'fish', 'powershell'],
  cache: ['clean'],
}

/** What completion scripts are made of, read from the commands themselves. */
export function completionTree(program: Command): CompletionCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: command.options.map(({ short, long, description, required, optional }) => ({
      flags: [short, long].filter((flag) => flag !== undefined),
      description,
      values: optionValues[long ?? ''] ?? [],
      takesValue: required || optional,
    })),
    words: commandWords[command.name()] ?? [],
  }))
}
