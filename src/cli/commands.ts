import type { CommandDefinition } from './command.ts'
import { addBuildOptions } from './build-options.ts'

/** The commands, in the order help shows them. Each line is all there is to adding one. */
export const commandList: readonly CommandDefinition[] = [
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
    name: 'cache',
    summary: 'show or clean what gopack keeps between builds',
    declare: (command) => command.argument('[action]', '`clean` empties it'),
    load: async () => (await import('./cache.ts')).runCache,
  },
]
