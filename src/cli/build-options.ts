import { resolve } from 'node:path'
import type { Command } from 'commander'
import { configError } from '../errors/config.ts'
import type { BuildRequest } from '../project/request.ts'
import type { GlobalOptions } from './global-options.ts'

export const collect = (value: string, list: string[] | undefined): string[] => [...(list ?? []), value]

/** What `plan` and `build` share: the same words give the same plan. */
export function addBuildOptions(command: Command): Command {
  return command
    .argument('[packages...]', 'main packages, as --main')
    .option('-t, --target <os/arch>', 'target, also OS/ARCH/VARIANT, windows, all or a comma list; may be repeated', collect)
    .option('-m, --main <package>', 'main package, ./... for all; may be repeated', collect)
    .option('-o, --out <dir>', 'output folder (default: dist)')
    .option('--engine <name>', 'what writes the resources: portable or rcedit')
    .option('--timestamp <time>', 'commit, now, or a time such as 2026-11-21T15:30:00Z')
    .option('--set-version <version>', 'version to use in place of the git tag')
    .option('--snapshot', 'a development version, also on a tagged commit')
    .option('--changed', 'only programs that changed since their last tag; the others stay as they are')
    .option('--tags <list>', 'build tags, added to those of the configuration', collect)
    .option('--ldflags <flags>', 'linker flags, added to those of the configuration', collect)
}

/** @throws USAGE */
export function readBuildRequest(packages: readonly string[], values: Record<string, unknown>, options: GlobalOptions): BuildRequest {
  const list = (name: string): string[] | undefined => values[name] as string[] | undefined
  const text = (name: string): string | undefined => values[name] as string | undefined
  const engine = text('engine')
  if (engine !== undefined && engine !== 'portable' && engine !== 'rcedit')
    throw configError('USAGE', { message: `--engine is "${engine}"; there are portable and rcedit.` })
  if (text('out') === '') throw configError('USAGE', { message: '--out is empty.' })
  const mains = [...packages, ...(list('main') ?? [])]
  return {
    cwd: resolve(options.cwd),
    configFile: options.config,
    targets: list('target'),
    mains: mains.length === 0 ? undefined : mains,
    out: text('out'),
    engine,
    timestamp: text('timestamp'),
    setVersion: text('setVersion'),
    snapshot: values['snapshot'] === true,
    changed: values['changed'] === true,
    tags: list('tags')
      ?.flatMap((tags) => tags.split(/[,\s]+/))
      .filter((tag) => tag !== ''),
    ldflags: list('ldflags'),
  }
}
