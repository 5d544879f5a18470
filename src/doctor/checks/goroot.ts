import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findProgram } from '../../host/find-program.ts'
import { fail, ok, warn } from '../results.ts'
import type { Check } from '../types.ts'

export const gorootCheck: Check = {
  id: 'goroot',
  title: 'GOROOT',
  run({ go, environment }) {
    if (go.value === undefined) return undefined
    const { root, place } = go.value
    // A GOROOT of the user's is kept from a Go that gopack has fetched.
    if (place.fetched) return ok(root)
    const reinstall = 'Install Go again, whole, and leave GOROOT unset.'
    if (!existsSync(join(root, 'src', 'runtime')))
      return fail(
        `${root} has no standard library`,
        environment.GOROOT === undefined ? reinstall : 'Unset GOROOT: the go command knows its own place.',
      )
    const ownRoot = rootOfProgram(findProgram('go'))
    if (environment.GOROOT !== undefined && environment.GOROOT !== '' && ownRoot !== undefined && ownRoot !== realpathSync(root)) {
      return warn(
        `GOROOT is ${root}, but the go command on PATH belongs to ${ownRoot}`,
        'Unset GOROOT: mixing two versions of Go gives strange compile errors.',
      )
    }
    return ok(root)
  },
}

/** The folder above bin/go, when it looks like a Go installation: a link or a wrapper tells nothing. */
function rootOfProgram(program: string | undefined): string | undefined {
  if (program === undefined) return undefined
  const root = dirname(dirname(realpathSync(program)))
  return existsSync(join(root, 'src', 'runtime')) ? root : undefined
}
