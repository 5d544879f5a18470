import { findProgram } from '../../host/find-program.ts'
import { fail, failWith, ok } from '../results.ts'
import type { Check } from '../types.ts'

export const goCheck: Check = {
  id: 'go',
  title: 'Go',
  run({ go, environment }) {
    if (go.error !== undefined) {
      const result = failWith(go.error)
      // The commonest reason that go does not even start.
      const aboutRoot = environment.GOROOT !== undefined && result.detail.includes('GOROOT')
      return aboutRoot ? fail(result.detail, `Unset GOROOT (now ${environment.GOROOT}): the go command knows its own place.`) : result
    }
    const { version, hostOs, hostArch } = go.value
    return ok(`${version} ${hostOs}/${hostArch}, ${findProgram('go') ?? 'go'}`)
  },
}
