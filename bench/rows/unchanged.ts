import type { ModuleName } from '../modules.ts'
import { against, mediansOf, race } from '../race.ts'
import type { Row } from '../row.ts'

/** The same command once more: who notices that there is nothing to do? */
export const unchanged = (module: ModuleName, atMost: { readonly goreleaser: number; readonly shellLoop: number }): Row => ({
  name: `unchanged-${module}`,
  title: `${module}, 3 targets, nothing changed`,
  rounds: { full: 11, quick: 3 },
  measure: async (setting, rounds) => {
    const { gopack, shellLoop, goreleaser } = await setting.workspace(module)
    const contenders = [gopack, shellLoop, goreleaser].map(({ name, build }) => ({ name, run: build }))
    const times = await race(contenders, { rounds, progress: setting.progress })
    return {
      figures: mediansOf(times),
      verdicts: [against(times, 'gopack', 'GoReleaser', atMost.goreleaser), against(times, 'gopack', 'shell loop', atMost.shellLoop)],
    }
  },
})
