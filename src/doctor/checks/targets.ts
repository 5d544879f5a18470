import { targetName } from '../../go/targets.ts'
import { failWith, ok } from '../results.ts'
import type { Check } from '../types.ts'

export const targetsCheck: Check = {
  id: 'targets',
  title: 'Targets',
  run({ go, targets }) {
    if (go.value === undefined) return undefined
    if (targets.error !== undefined) return failWith(targets.error)
    return ok(`${targets.value.map(targetName).join(', ')}: ${go.value.version} builds for ${targets.value.length === 1 ? 'it' : 'all'}`)
  },
}
