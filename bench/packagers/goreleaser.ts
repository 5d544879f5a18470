import { mkdir, writeFile } from 'node:fs/promises'
import { command } from '../command.ts'
import { contenderEnvironment } from '../environment.ts'
import { forgetter } from '../forget.ts'
import { architectures, modules, type ModuleName } from '../modules.ts'
import type { Packager, PackagerRequest } from '../packager.ts'

/** GoReleaser with the least configuration that gives the same targets, flags and zips. */
export async function goreleaser({ name, folder, setting }: PackagerRequest): Promise<Packager> {
  const tree = `${folder}/tree`
  const output = `${folder}/output`
  const config = `${folder}/goreleaser.yaml`
  const options = { cwd: tree, env: contenderEnvironment(folder, setting.moduleCache) }
  const args = ['release', '--snapshot', '--skip=publish', '--clean', '--config', config]
  await mkdir(folder, { recursive: true })
  await writeFile(config, configuration(name, output))
  return {
    name: 'GoReleaser',
    tree,
    output,
    build: async () => void (await command(setting.goreleaser, args, options)),
    forget: forgetter(folder, output),
  }
}

const configuration = (name: ModuleName, output: string): string => `version: 2
project_name: ${name}
dist: ${JSON.stringify(output)}
builds:
  - main: ${modules[name].main}
    binary: ${name}
    goos: [windows]
    goarch: [${architectures.map((architecture) => `"${architecture}"`).join(', ')}]
    env: [CGO_ENABLED=0]
    flags: [-trimpath, -buildvcs=true]
    ldflags: [-s -w]
archives:
  - formats: [zip]
    files: [LICENSE*, README*, CHANGELOG*]
`
