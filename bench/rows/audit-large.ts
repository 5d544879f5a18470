import { stat } from 'node:fs/promises'
import { command } from '../command.ts'
import { buildLargeExe } from '../large-exe.ts'
import type { Row } from '../row.ts'
import { estimate } from '../statistics.ts'

/** Reading what a large program imports: headers and tables only, whatever its size. */
export const auditLarge: Row = {
  name: 'audit',
  title: 'imports of an 88-MB exe looked at, without the start of Node',
  rounds: { full: 15, quick: 3 },
  measure: async (setting, rounds) => {
    const exe = await buildLargeExe(setting)
    const samples: number[] = []
    for (let round = 0; round <= rounds; round++) {
      setting.progress(round === 0 ? 'warm-up' : `round ${round} of ${rounds}`)
      const seconds = Number(await command(process.execPath, [setting.script('audit-once'), exe], { cwd: setting.root, env: process.env }))
      if (round > 0) samples.push(seconds)
    }
    return {
      figures: [{ name: 'exe', value: (await stat(exe)).size, unit: 'B' }],
      verdicts: [{ what: 'time', estimate: estimate(samples), unit: 's', atMost: 0.01 }],
    }
  },
}
