import { GopackError } from '../../errors/gopack-error.ts'
import type { Config } from '../schema/index.ts'
import { hooksNameAProgram, noControlCharacters } from '../text-rules.ts'
import { isProgramName, programNameRule } from './names.ts'

/** What is wrong with a setting. */
export interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** The first setting that the rules for names and texts refuse, which the schema does not know. */
export function ruleIssue(config: Config): Issue | undefined {
  return nameIssue(config) ?? textIssue(config)
}

function nameIssue({ name, apps = [] }: Config): Issue | undefined {
  if (name !== undefined && !isProgramName(name)) return { path: ['name'], message: programNameRule }
  const index = apps.findIndex((app) => app.name !== undefined && !isProgramName(app.name))
  return index < 0 ? undefined : { path: ['apps', index, 'name'], message: programNameRule }
}

function textIssue(config: Config): Issue | undefined {
  let path: readonly PropertyKey[] = []
  const placeOf = (asked: readonly PropertyKey[]): { file: string } => {
    path = asked
    return { file: '' }
  }
  try {
    for (const rule of [noControlCharacters, hooksNameAProgram]) rule(config, { value: config, placeOf, placeOfKey: placeOf })
    return undefined
  } catch (error) {
    if (!(error instanceof GopackError)) throw error
    // A command with a word less would be another command.
    const whole = path[0] === 'hooks' ? path.slice(0, 3) : path
    return { path: whole, message: 'it is empty or holds a control character (a line break, a tab, …)' }
  }
}
