import type { ModuleName } from '../modules.ts'
import { against, mediansOf, race } from '../race.ts'
import type { Row } from '../row.ts'

/** Everything is compiled: on a fresh machine, as in most CI. */
export const emptyCache = (module: ModuleName): Row => ({
  name: `empty-cache-${module}`,
  title: `${module}, 3 targets, empty Go cache`,
  rounds: { full: 3, quick: 1 },
  measure: async (setting, rounds) => {
    // Making the workspace builds everything once: that is the warm-up.
    const { gopack, shellLoop, goreleaser } = await setting.workspace(module)
    const contenders = [gopack, shellLoop, goreleaser].map(({ name, forget, build }) => ({ name, before: forget, run: build }))
    const times = await race(contenders, { rounds, progress: setting.progress, warmUp: false })
    return { figures: mediansOf(times), verdicts: [against(times, 'gopack', 'shell loop', 1), against(times, 'gopack', 'GoReleaser', 1)] }
  },
})
