import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'
import { command } from './command.ts'
import { plainEnvironment } from './environment.ts'
import { goreleaserVersion } from './goreleaser-program.ts'

/** What the figures depend on, as lines of text. */
export async function describeMachine(): Promise<string[]> {
  const go = (await command('go', ['env', 'GOVERSION'], { cwd: '/', env: plainEnvironment() })).trim()
  return [
    `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${(totalmem() / 1024 ** 3).toFixed(0)} GiB of memory`,
    `${systemName()} (${type()} ${release()})`,
    `Node ${process.version}, ${go}, GoReleaser ${goreleaserVersion}`,
    `${new Date().toISOString().slice(0, 10)}; load average at the start ${loadavg()[0]!.toFixed(1)}`,
  ]
}

function systemName(): string {
  const file = '/etc/os-release'
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(text)?.[1] ?? type()
}
