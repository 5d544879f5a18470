import { accessSync, constants, existsSync } from 'node:fs'
import { netrcFile, readNetrc } from '../../go/provision/network/netrc.ts'
import { accessSetting } from '../access-settings.ts'
import { ok, warn } from '../results.ts'
import type { Check } from '../types.ts'

/** Logins for private proxies and servers. Names of machines are shown, logins and passwords never. */
export const netrcCheck: Check = {
  id: 'netrc',
  title: 'netrc',
  run(context) {
    const file = netrcFile(context.environment)
    const named = (context.environment['NETRC'] ?? '') !== ''
    if (!existsSync(file)) {
      return named ? warn(`NETRC names ${file}, which is not there`, 'Correct NETRC, or unset it.') : ok('none')
    }
    try {
      accessSync(file, constants.R_OK)
    } catch {
      return warn(`${file} cannot be read`, `Give yourself the right to read it: chmod 600 ${file}`)
    }
    const machines = [...new Set(readNetrc(file).map(({ machine }) => machine))]
    if (machines.length === 0)
      return warn(
        `${file} holds no login`,
        'A login is a line `machine HOST login NAME password PASSWORD`; without all three it counts for nothing.',
      )
    const authentication = accessSetting(context, 'GOAUTH')
    if (authentication === 'off') return warn(`${file} is not used: GOAUTH is off`, 'Unset GOAUTH, if private modules need a login.')
    return ok(`${file}: logins for ${machines.join(', ')}`)
  },
}
