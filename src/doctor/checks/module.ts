import { failWith, ok } from '../results.ts'
import type { Check } from '../types.ts'

export const moduleCheck: Check = {
  id: 'module',
  title: 'Module',
  run: ({ moduleFolder }) => (moduleFolder.error === undefined ? ok(moduleFolder.value) : failWith(moduleFolder.error)),
}
