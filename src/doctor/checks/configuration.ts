import { failWith, ok } from '../results.ts'
import type { Check } from '../types.ts'

export const configurationCheck: Check = {
  id: 'configuration',
  title: 'Configuration',
  run({ config }) {
    if (config.error !== undefined) return failWith(config.error)
    return ok(config.value.file ?? 'none: the defaults are complete')
  },
}
