import type { Command } from 'commander'
import type { Output } from './output.ts'

/** What a command is run with. */
export interface Invocation {
  /** Positional arguments. */
  readonly args: readonly string[]
  /** Options by their camel-case names. */
  readonly values: Readonly<Record<string, unknown>>
  readonly output: Output
  readonly parameters: readonly unknown[]
  readonly program: Command
}

/** Runs a command and gives its exit code. */
export type RunCommand = (invocation: Invocation) => Promise<number>

/** A command: declared at once, its code loaded when it is run. */
export interface CommandDefinition {
  readonly name: string
  readonly summary: string
  /** Adds arguments and options. */
  readonly declare: (command: Command) => Command
  readonly load: () => Promise<RunCommand>
}
