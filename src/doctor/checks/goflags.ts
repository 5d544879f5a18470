import { ok, warn } from '../results.ts'
import type { Check } from '../types.ts'

/** Flags whose values say nothing private. */
const harmless = /^-(?:mod|buildvcs|trimpath|tags|race|v|x|a|p|modcacherw)(?:=|$)/

export const goflagsCheck: Check = {
  id: 'goflags',
  title: 'GOFLAGS',
  run({ goSettings }) {
    const flags = goSettings.GOFLAGS
    if (flags === undefined) return undefined
    if (flags.trim() === '') return ok('not set')
    const shown = flags
      .trim()
      .split(/\s+/)
      .map((flag) => (harmless.test(flag) ? flag : flag.replace(/=.*$/, '=…')))
    return warn(
      `${shown.join(' ')}: builds by gopack do not use it, so that every machine gives the same bytes`,
      'Put what the program needs into go.flags, go.tags or go.ldflags of gopack.yaml.',
    )
  },
}
