import type { CommandDefinition } from './command.ts'
import { addBuildOptions, collect } from './build-options.ts'

/** The commands, in the order help shows them. Each line is all there is to adding one. */
export const commandList: readonly CommandDefinition[] = [
  {
    name: 'init',
    summary: 'write a gopack.yaml for this module, with --ci a workflow too',
    declare: (command) =>
      command
        .option('--from <file>', 'import a .goreleaser.yaml, winres.json, versioninfo.json or .rc; may be repeated', collect)
        .option('--no-import', 'look for no configuration of another tool')
        .option('--strict', 'refuse when anything cannot be carried over as it is')
        .option('--ci <name>', 'write a workflow too: github')
        .option('--dry-run', 'print what would be written, and write nothing')
        .option('--force', 'write over files that are there'),
    load: async () => (await import('./init.ts')).runInit,
  },
  {
    name: 'doctor',
    summary: 'look for what would stop or surprise a build on this machine',
    declare: (command) => addBuildOptions(command).option('--fix', 'fetch Go where a build would'),
    load: async () => (await import('./doctor.ts')).runDoctor,
  },
  {
    name: 'plan',
    summary: 'print what would be built, and write nothing',
    declare: addBuildOptions,
    load: async () => (await import('./plan.ts')).runPlan,
  },
  {
    name: 'build',
    summary: 'compile, add resources, archive and checksum',
    declare: (command) =>
      addBuildOptions(command)
        .option('--no-cache', 'use nothing from earlier builds')
        .option('-j, --jobs <number>', 'targets built at the same time')
        .option('--timings', 'print how long each step took'),
    load: async () => (await import('./build.ts')).runBuild,
  },
  {
    name: 'inspect',
    summary: 'show what is in an executable, an archive or an output folder',
    declare: (command) => command.argument('<path>', 'FILE.exe, FILE.zip, FILE.tar.gz or the output folder'),
    load: async () => (await import('./inspect.ts')).runInspect,
  },
  {
    name: 'schema',
    summary: 'print a JSON schema: of gopack.yaml, the plan or artifacts.json',
    declare: (command) => command.argument('[name]', 'config (default), plan or artifacts'),
    load: async () => (await import('./schema.ts')).runSchema,
  },
  {
    name: 'explain',
    summary: 'say what an error code means and what to do',
    declare: (command) => command.argument('[code]', 'error code; without it all are listed'),
    load: async () => (await import('./explain.ts')).runExplain,
  },
  {
    name: 'cache',
    summary: 'show or clean what gopack keeps between builds',
    declare: (command) => command.argument('[action]', '`clean` empties it'),
    load: async () => (await import('./cache.ts')).runCache,
  },
  {
    name: 'completion',
    summary: 'print a completion script for bash, zsh, fish or powershell',
    declare: (command) => command.argument('<shell>', 'bash, zsh, fish or powershell'),
    load: async () => (await import('./completion.ts')).runCompletion,
  },
]
