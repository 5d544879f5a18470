import { checkName } from '../../project/names.ts'

/** Whether gopack takes it as the name of a program: the rule the configuration has too. */
export function isProgramName(name: string): boolean {
  try {
    checkName(name, 'import')
    return true
  } catch {
    return false
  }
}

export const programNameRule = 'the name of a program is letters, digits, ".", "_" and "-", and none that Windows keeps for devices'
