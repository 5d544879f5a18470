import { didYouMean } from '../config/nearest.ts'
import { configError } from '../errors/config.ts'
import type { RunCommand } from './command.ts'
import { completionTree } from './completion/tree.ts'
import { bashCompletion } from './completion/bash.ts'
import { fishCompletion } from './completion/fish.ts'
import { powershellCompletion } from './completion/powershell.ts'
import { zshCompletion } from './completion/zsh.ts'

const shells = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion, powershell: powershellCompletion }

/** `gopack completion SHELL` */
export const runCompletion: RunCommand = async ({ args, output, program }) => {
  const [shell = ''] = args
  const make = Object.hasOwn(shells, shell) ? shells[shell as keyof typeof shells] : undefined
  if (make === undefined) {
    const names = Object.keys(shells)
    throw configError('USAGE', {
      message:
        shell === ''
          ? `Name a shell: ${names.join(', ')}.`
          : `There is no completion for "${shell}"; there is one for ${names.join(', ')}.${didYouMean(shell, names)}`,
    })
  }
  const script = make(completionTree(program))
  if (output.options.json) output.json({ shell, script })
  else output.result(script)
  return 0
}
