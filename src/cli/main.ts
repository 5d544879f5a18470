import { statSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { didYouMean } from '../config/nearest.ts'
import { configError } from '../errors/config.ts'
import { exitCodes } from '../errors/gopack-error.ts'
import { toolVersion } from '../host/tool-version.ts'
import { commandList } from './commands.ts'
import { reportFailure } from './failure.ts'
import { addGlobalOptions, readGlobalOptions } from './global-options.ts'
import { openOutput } from './output.ts'

/** Runs one command line and gives its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  outliveReaders()
  const program = makeProgram()
  let exitCode = 0
  for (const command of program.commands) {
    const definition = commandList.find(({ name }) => name === command.name())!
    command.action(async (...parameters: unknown[]) => {
      const values = command.optsWithGlobals()
      const options = readGlobalOptions(values)
      checkWorkingFolder(options.cwd)
      const run = await definition.load()
      exitCode = await run({ args: command.args, values, output: openOutput(options), parameters, program })
    })
  }
  try {
    checkCommandName(argv)
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    return reportFailure(error instanceof CommanderError ? usageError(error) : error, {
      json: argv.includes('--json'),
      color: !argv.includes('--no-color'),
    })
  }
}

/** The command tree without actions: also what completion scripts are made from. */
export function makeProgram(): Command {
  const program = new Command('gopack')
    .description('Takes a Go module to a Windows release people can trust and install.')
    .version(toolVersion, '-V, --version', 'print the version of gopack')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .configureOutput({ writeErr: () => undefined })
    .configureHelp({ sortSubcommands: false, showGlobalOptions: true })
    .showSuggestionAfterError(true)
    .exitOverride()
    .action(() => program.outputHelp())
  program.addHelpText('after', '\nIn a Go module, `gopack build` is all it takes. Start with `gopack doctor` when something is odd.')
  for (const { name, summary, declare } of commandList) {
    const command = program
      .command(name)
      .description(summary)
      .exitOverride()
      .configureOutput({ writeErr: () => undefined })
      .helpOption('-h, --help', 'print help')
    addGlobalOptions(declare(command))
  }
  return program
}

/** `gopack explain | head`: a reader that has seen enough is no error, and no reason to stop a build half-way. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return
      // Whatever was to be said cannot be said there.
      if (stream === process.stdout) process.stderr.write(`error standard output cannot be written (${error.code ?? error.message}).\n`)
      process.exitCode = exitCodes.packaging
    })
  }
}

/** Whatever looks for go.mod upwards would find that of a folder above, and work on that. */
function checkWorkingFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw configError('USAGE', { message: `--cwd: there is no folder ${folder}.` })
}

/** Said here, because the program itself takes no arguments and would only say that there are too many. */
function checkCommandName([first]: readonly string[]): void {
  const names = commandList.map(({ name }) => name)
  if (first === undefined || first.startsWith('-') || names.includes(first)) return
  throw configError('USAGE', { message: `There is no command "${first}".${didYouMean(first, names)}` })
}

function usageError(error: CommanderError): Error {
  const [message = '', suggestion = ''] = error.message.replace(/^error: /, '').split('\n')
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1).replace(/\.$/, '')}.`
  return configError('USAGE', { message: `${sentence}${suggestion === '' ? '' : ` ${suggestion.replace(/[()]/g, '')}`}` })
}
