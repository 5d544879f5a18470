import { command } from '../command.ts'
import { contenderEnvironment } from '../environment.ts'
import { targetArguments } from '../packagers/gopack.ts'
import { against, mediansOf, race } from '../race.ts'
import type { Row } from '../row.ts'

/** What is felt at the prompt, against what Node itself needs to start. */
export const start: Row = {
  name: 'start',
  title: 'start of gopack, plan of fzf for 3 targets',
  rounds: { full: 25, quick: 5 },
  measure: async (setting, rounds) => {
    const { tree } = (await setting.workspace('fzf')).gopack
    const options = { cwd: tree, env: contenderEnvironment(`${tree}/..`, setting.moduleCache) }
    const node = (name: string, args: readonly string[]) => ({
      name,
      run: async () => void (await command(process.execPath, args, options)),
    })
    const contenders = [
      node('node -e 1', ['-e', '1']),
      node('gopack --version', [setting.gopack, '--version']),
      node('gopack plan', [setting.gopack, 'plan', ...targetArguments]),
    ]
    const times = await race(contenders, { rounds, progress: setting.progress })
    return {
      figures: mediansOf(times),
      verdicts: [against(times, 'gopack --version', 'node -e 1', 1.5), against(times, 'gopack plan', 'node -e 1', 6)],
    }
  },
}
