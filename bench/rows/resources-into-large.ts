import { randomFillSync } from 'node:crypto'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { command } from '../command.ts'
import { contenderEnvironment } from '../environment.ts'
import type { Embedded } from '../inside/embed-once.ts'
import type { Row } from '../row.ts'
import type { Setting } from '../setting.ts'
import { estimate, median } from '../statistics.ts'

const embeddedBytes = 86_000_000

/** Icon, version information and manifest into a large program, in a process of its own that does nothing else. */
export const resourcesIntoLarge: Row = {
  name: 'resources',
  title: 'resources into an 88-MB exe, without the start of Node',
  rounds: { full: 11, quick: 3 },
  measure: async (setting, rounds) => {
    const exe = await buildLargeExe(setting)
    const { size } = await stat(exe)
    const samples: Embedded[] = []
    for (let round = 0; round <= rounds; round++) {
      setting.progress(round === 0 ? 'warm-up' : `round ${round} of ${rounds}`)
      const sample = await embed(setting, exe)
      if (round > 0) samples.push(sample)
    }
    const peaks = samples.map(({ peak }) => peak)
    return {
      figures: [
        { name: 'exe', value: size, unit: 'B' },
        { name: 'peak memory', value: median(peaks), unit: 'B' },
        { name: 'with the SHA-256 of the result', value: median(samples.map(({ hashed }) => hashed)), unit: 's' },
      ],
      verdicts: [
        { what: 'time', estimate: estimate(samples.map(({ seconds }) => seconds)), unit: 's', atMost: 0.25 },
        { what: 'peak memory ÷ exe', estimate: estimate(peaks.map((peak) => peak / size)), unit: '×', atMost: 1.5 },
      ],
    }
  },
}

async function embed(setting: Setting, exe: string): Promise<Embedded> {
  const args = [setting.script('embed-once'), exe, `${exe}.finished`, join(setting.root, 'fixtures/hello/assets/icon.png')]
  return JSON.parse(await command(process.execPath, args, { cwd: setting.root, env: process.env })) as Embedded
}

/** A real Go program that carries a large random file. */
async function buildLargeExe(setting: Setting): Promise<string> {
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
