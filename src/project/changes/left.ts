import { readPreviousOutput } from '../../build/dist/previous.ts'
import { targetName } from '../../go/targets.ts'
import type { SurveyedProgram } from '../program-survey.ts'

/**
 * Tells whether the output folder may stay as it is for a program that has not changed since its last release: it holds nothing of
 * the program, or exactly that release, whole and for every target. A snapshot says nothing about what it was built from.
 */
export async function leftAsItIs(out: string): Promise<(program: SurveyedProgram) => Promise<boolean>> {
  const previous = await readPreviousOutput(out)
  return async ({ program, app, targets, base }) => {
    const entries = previous.file?.artifacts.filter((entry) => entry.app === program.name) ?? []
    if (entries.length === 0) return true
    const types = app.config.archive?.together === true ? ['executable'] : ['executable', 'archive']
    const wanted = targets.flatMap((target) => types.map((type) => `${type} ${targetName(target)}`))
    const held = new Set(entries.map(({ type, target }) => `${type} ${target === undefined ? '' : targetName(target)}`))
    if (!wanted.every((one) => held.has(one)) || entries.some(({ version }) => version !== base?.version)) return false
    return (await Promise.all(entries.map((entry) => previous.has(entry.path, entry)))).every(Boolean)
  }
}
