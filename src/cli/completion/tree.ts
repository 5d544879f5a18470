import type { Argument, Command, Option } from 'commander'
import { errorCatalogue } from '../../errors/catalogue.ts'

/** What may stand in one place: words that are known, files, folders, or something only the user knows. */
export type Expected = { readonly kind: 'words'; readonly words: readonly string[] } | { readonly kind: 'files' | 'folders' | 'anything' }

export interface CompletionOption {
  /** `--target`, and `-t` where there is one. */
  readonly flags: readonly string[]
  readonly description: string
  /** What follows it; absent where nothing does. */
  readonly value?: Expected
  /** True where it may be given more than once. */
  readonly repeated: boolean
}

export interface CompletionCommand {
  readonly name: string
  readonly description: string
  readonly options: readonly CompletionOption[]
  /** What its arguments may be. */
  readonly argument: Expected
}

const optionWords: Readonly<Record<string, readonly string[]>> = {
  '--target': [
    'windows/amd64',
    'windows/arm64',
    'windows/386',
    'linux/amd64',
    'linux/arm64',
    'darwin/amd64',
    'darwin/arm64',
    'windows',
    'all',
  ],
  '--engine': ['portable', 'rcedit'],
  '--timestamp': ['commit', 'now'],
  '--ci': ['github'],
}

const commandWords: Readonly<Record<string, readonly string[]>> = {
  schema: ['config', 'plan', 'artifacts'],
  completion: ['bash', 'zsh', 'fish', 'powershell'],
  cache: ['clean'],
  explain: Object.keys(errorCatalogue),
}

/** By the names the placeholders have in help: `--out <dir>`. */
const placeholderKinds: Readonly<Record<string, 'files' | 'folders'>> = {
  file: 'files',
  path: 'files',
  dir: 'folders',
  package: 'folders',
  packages: 'folders',
}

/** What completion scripts are made of, read from the commands themselves. */
export function completionTree(program: Command): CompletionCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: [...command.options.map(optionOf), { flags: ['-h', '--help'], description: 'print help', repeated: false }],
    argument: expected(commandWords[command.name()], command.registeredArguments[0]?.name()),
  }))
}

function optionOf({
  short,
  long,
  description,
  required,
  optional,
  flags,
  parseArg,
}: Option & { parseArg?: Argument['parseArg'] }): CompletionOption {
  const value = required || optional ? { value: expected(optionWords[long ?? ''], /[<[]([^>\].]+)/.exec(flags)?.[1]) } : {}
  return { flags: [short, long].filter((flag) => flag !== undefined), description, ...value, repeated: parseArg !== undefined }
}

function expected(words: readonly string[] | undefined, placeholder: string | undefined): Expected {
  return words === undefined ? { kind: placeholderKinds[placeholder ?? ''] ?? 'anything' } : { kind: 'words', words }
}
