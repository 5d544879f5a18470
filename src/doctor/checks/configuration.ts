import { failWith, ok } from '../results.ts'
import type { Check } from '../types.ts'

export const configurationCheck: Check = {
  id: 'configuration',
  title: 'Configuration',
  run({ config }) {
    if (config.error !== undefined) {
      const { file, line, column } = config.error.at ?? {}
      const place = [file, line, column].filter((part) => part !== undefined).join(':')
      const result = failWith(config.error)
      return place === '' ? result : { ...result, detail: `${place}: ${result.detail}` }
    }
    return ok(config.value.file ?? 'none: the defaults are complete')
  },
}
