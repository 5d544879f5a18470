import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { command } from './command.ts'

export const goreleaserVersion = '2.12.7'

/** GoReleaser of the version compared with: named by GOPACK_BENCH_GORELEASER, on PATH, or installed into `folder`. */
export async function findGoreleaser(folder: string, env: NodeJS.ProcessEnv, progress: (text: string) => void): Promise<string> {
  const named = process.env['GOPACK_BENCH_GORELEASER']
  const own = join(folder, 'goreleaser')
  const onPath = (env['PATH'] ?? '').split(delimiter).map((directory) => join(directory, 'goreleaser'))
  for (const file of named === undefined ? [...onPath, own] : [named]) if (existsSync(file) && (await isWanted(file, env))) return file
  if (named !== undefined) throw new Error(`GOPACK_BENCH_GORELEASER is ${named}: that is not GoReleaser ${goreleaserVersion}.`)
  progress(`installing GoReleaser ${goreleaserVersion}`)
  await command('go', ['install', `github.com/goreleaser/goreleaser/v2@v${goreleaserVersion}`], {
    cwd: '/',
    env: { ...env, GOBIN: folder },
  })
  return own
}

async function isWanted(file: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const text = await command(file, ['--version'], { cwd: '/', env }).catch(() => '')
  return new RegExp(`^GitVersion:\\s*v?${goreleaserVersion.replaceAll('.', '\\.')}$`, 'm').test(text)
}
