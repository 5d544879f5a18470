import { GopackError } from '../../errors/gopack-error.ts'
import { survey } from '../../project/survey.ts'
import { failWith, ok, warn } from '../results.ts'
import type { Check } from '../types.ts'

/** Would `gopack build` get past its plan? Last, because it asks everything at once. */
export const buildCheck: Check = {
  id: 'build',
  title: 'Plan',
  async run(context) {
    const { config, moduleFolder, go, git, targets, request, signal } = context
    // What is wrong with these has been told.
    if ([config, moduleFolder, go, git, targets].some(({ error }) => error !== undefined)) return undefined
    try {
      const { programs, gaps } = await survey(request, { signal, hooksPending: true, mayFetch: false })
      const count = programs.flatMap((program) => program.targets).length
      const detail = `${programs.map(({ program, version }) => `${program.name} ${version.version}`).join(', ')}; ${count} ${count === 1 ? 'executable' : 'executables'}`
      return gaps[0] === undefined ? ok(detail) : warn(`${gaps[0].message} A hook may make it.`, gaps[0].hint)
    } catch (error) {
      if (error instanceof GopackError) return failWith(error)
      throw error
    }
  },
}
