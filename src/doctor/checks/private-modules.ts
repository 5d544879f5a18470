import { accessSetting } from '../access-settings.ts'
import { ok } from '../results.ts'
import type { Check } from '../types.ts'

const shown = ['GOPRIVATE', 'GONOPROXY', 'GONOSUMDB', 'GOSUMDB', 'GOINSECURE', 'GOVCS', 'GOAUTH'] as const
/** What go has without anybody's doing. */
const defaults: Readonly<Record<string, string>> = { GOSUMDB: 'sum.golang.org', GOAUTH: 'netrc' }

/** The settings that say which modules are private; they reach every go command gopack starts. */
export const privateModulesCheck: Check = {
  id: 'private-modules',
  title: 'Private modules',
  run(context) {
    const settings = shown.map((name) => ({ name, value: accessSetting(context, name) }))
    // GONOPROXY and GONOSUMDB follow GOPRIVATE unless they say otherwise.
    const own = settings.filter(({ name, value }) => value !== '' && value !== defaults[name] && !follows(name, value, settings[0]!.value))
    return ok(own.length === 0 ? 'none' : own.map(({ name, value }) => `${name}=${withoutSecrets(name, value)}`).join(' '))
  },
}

const follows = (name: string, value: string, privateModules: string): boolean =>
  (name === 'GONOPROXY' || name === 'GONOSUMDB') && value === privateModules

/** GOAUTH may run a command with arguments, and a database may be named by an address with a login. */
function withoutSecrets(name: string, value: string): string {
  if (name === 'GOAUTH')
    return value
      .split(';')
      .map((part) => part.trim().split(/\s+/, 2)[0])
      .join(';')
  return value.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s]*@/gi, '$1***@')
}
