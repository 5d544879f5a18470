import { randomFillSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { command } from './command.ts'
import { contenderEnvironment } from './environment.ts'
import type { Setting } from './setting.ts'

const embeddedBytes = 86_000_000

/** A real Go program that carries a large random file. @returns its path */
export async function buildLargeExe(setting: Setting): Promise<string> {
  setting.progress('building a large program')
  const folder = setting.folder('large')
  await writeFile(join(folder, 'data.bin'), randomFillSync(Buffer.alloc(embeddedBytes)))
  await writeFile(join(folder, 'go.mod'), 'module example.com/large\n\ngo 1.21\n')
  await writeFile(
    join(folder, 'main.go'),
    'package main\n\nimport (\n\t_ "embed"\n\t"fmt"\n)\n\n//go:embed data.bin\nvar data string\n\nfunc main() { fmt.Println(len(data)) }\n',
  )
  const env = { ...contenderEnvironment(folder, setting.moduleCache), GOOS: 'windows', GOARCH: 'amd64' }
  await command('go', ['build', '-trimpath', '-ldflags=-s -w', '-o', 'large.exe', '.'], { cwd: folder, env })
  return join(folder, 'large.exe')
}
