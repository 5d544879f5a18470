import { findProgram } from '../../host/find-program.ts'
import { missing, ok } from '../results.ts'
import type { Check } from '../types.ts'

/** Wine is needed by one thing only: the resource engine rcedit on a system that is not Windows. */
export const wineCheck: Check = {
  id: 'wine',
  title: 'Wine',
  run({ request, config, environment, targets }) {
    const engine = request.engine ?? config.value?.config.resources?.engine ?? 'portable'
    const hasWindows = targets.value?.some(({ os }) => os === 'windows') ?? true
    const named = environment.WINE_BINARY
    const candidates = named === undefined || named === '' ? ['wine64', 'wine'] : [named]
    const found = candidates
      .map((candidate) => (candidate.includes('/') ? candidate : findProgram(candidate)))
      .find((path) => path !== undefined)
    if (engine !== 'rcedit' || !hasWindows) return ok(`not needed (engine ${engine})`)
    if (process.platform === 'win32') return ok('not needed on Windows')
    return found === undefined
      ? missing(
          `the engine rcedit needs Wine; ${candidates.join(' and ')} cannot be found`,
          'Install Wine (Debian: `apt install wine wine64`), name it in WINE_BINARY, or use `engine: portable`, which needs nothing.',
        )
      : ok(`${found}, for the engine rcedit`)
  },
}
