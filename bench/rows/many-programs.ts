import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { command } from '../command.ts'
import { contenderEnvironment } from '../environment.ts'
import type { Usage } from '../inside/report-usage.ts'
import { architectures, commitAll } from '../modules.ts'
import { targetArguments } from '../packagers/gopack.ts'
import type { Figure, Row } from '../row.ts'
import type { Setting } from '../setting.ts'
import { estimate, median, ratio } from '../statistics.ts'

const many = 30
const few = 3

/** What Node itself costs, and whether its memory grows with the number of programs. */
export const manyPrograms: Row = {
  name: 'many-programs',
  title: `${many} generated programs × ${architectures.length} targets, warm`,
  rounds: { full: 5, quick: 2 },
  measure: async (setting, rounds) => {
    const modules = await Promise.all([many, few].map((programs) => makeModule(setting, programs)))
    setting.progress('first build')
    const first = [await build(setting, modules[0]!), await build(setting, modules[1]!)] as const
    const samples: (readonly [Usage, Usage])[] = []
    for (let round = 0; round <= rounds; round++) {
      setting.progress(round === 0 ? 'warm-up' : `round ${round} of ${rounds}`)
      const sample = [await build(setting, modules[0]!), await build(setting, modules[1]!)] as const
      if (round > 0) samples.push(sample)
    }
    const executables = many * architectures.length
    const cpu = samples.map(([{ cpu }]) => cpu)
    const peaks = [0, 1].map((index) => samples.map((sample) => sample[index as 0 | 1].peak))
    return {
      figures: [
        { name: `CPU time, ${many} programs`, value: median(cpu), unit: 's' },
        { name: 'CPU time a file (executables and archives)', value: median(cpu) / (2 * executables), unit: 's' },
        { name: `peak memory, ${many} programs`, value: median(peaks[0]!), unit: 'B' },
        { name: `peak memory, ${few} programs`, value: median(peaks[1]!), unit: 'B' },
        ...firstBuild(first, executables),
      ],
      verdicts: [
        {
          what: 'CPU time of Node an executable with its archive',
          estimate: estimate(cpu.map((seconds) => seconds / executables)),
          unit: 's',
          atMost: 0.025,
        },
        { what: `peak memory, ${many} ÷ ${few} programs`, estimate: ratio(peaks[0]!, peaks[1]!), unit: '×', atMost: 1.25 },
      ],
    }
  },
}

/** One run only, so without a verdict: resources and zips are made in it. */
function firstBuild([thirty, three]: readonly [Usage, Usage], executables: number): Figure[] {
  return [
    { name: 'first build: CPU time an executable with its archive', value: thirty.cpu / executables, unit: 's' },
    { name: `first build: peak memory, ${many} ÷ ${few} programs`, value: thirty.peak / three.peak, unit: '×' },
  ]
}

async function build(setting: Setting, folder: string): Promise<Usage> {
  const usage = `${folder}/usage.json`
  const args = ['--import', setting.script('report-usage'), setting.gopack, 'build', '--main', './...', ...targetArguments]
  const env = { ...contenderEnvironment(folder, setting.moduleCache), GOPACK_BENCH_USAGE: usage }
  await command(process.execPath, args, { cwd: `${folder}/tree`, env })
  return JSON.parse(readFileSync(usage, 'utf8')) as Usage
}

async function makeModule(setting: Setting, programs: number): Promise<string> {
  const folder = setting.folder(`programs-${programs}`)
  const tree = join(folder, 'tree')
  const names = Array.from({ length: programs }, (_, index) => `p${String(index + 1).padStart(2, '0')}`)
  for (const name of names) {
    await mkdir(join(tree, 'cmd', name), { recursive: true })
    await writeFile(join(tree, 'cmd', name, 'main.go'), `package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("${name}") }\n`)
  }
  await writeFile(join(tree, 'go.mod'), 'module example.com/many\n\ngo 1.21\n')
  await writeFile(join(tree, 'LICENSE'), 'Nobody owns this.\n')
  await commitAll(tree, 'v1.0.0')
  return folder
}
