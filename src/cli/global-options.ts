import type { Command } from 'commander'

/** The options every command takes. */
export interface GlobalOptions {
  readonly cwd: string
  readonly config?: string
  readonly json: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  readonly color: boolean
}

export function addGlobalOptions(command: Command): Command {
  return command
    .option('--cwd <dir>', 'work as if started in this folder')
    .option('--config <file>', 'configuration file (default: gopack.yaml here or above)')
    .option('--json', 'print exactly one JSON document on stdout')
    .option('--quiet', 'print errors and results only')
    .option('--verbose', 'print more about what is done')
    .option('--no-color', 'print without colours')
}

export function readGlobalOptions(values: Record<string, unknown>): GlobalOptions {
  return {
    cwd: typeof values['cwd'] === 'string' ? values['cwd'] : process.cwd(),
    ...(typeof values['config'] === 'string' ? { config: values['config'] } : {}),
    json: values['json'] === true,
    quiet: values['quiet'] === true,
    verbose: values['verbose'] === true,
    color: values['color'] !== false,
  }
}
