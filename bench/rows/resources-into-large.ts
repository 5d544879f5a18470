import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { command } from '../command.ts'
import type { Embedded } from '../inside/embed-once.ts'
import { buildLargeExe } from '../large-exe.ts'
import type { Row } from '../row.ts'
import type { Setting } from '../setting.ts'
import { estimate, median } from '../statistics.ts'

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
