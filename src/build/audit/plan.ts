import type { Config } from '../../config/schema/index.ts'
import type { ArchivePlan } from '../archive/types.ts'
import type { AuditPlan } from './types.ts'

/** Plans the look at what goes into an archive for Windows. Pure. */
export function planAudit({ programs, files }: ArchivePlan, config: Config['archive']): AuditPlan {
  const executables = files.filter(({ name }) => /\.(exe|dll)$/i.test(name)).map(({ source, name }) => ({ source, name }))
  return { step: 'audit', programs, files: executables, requires: config?.requires ?? [] }
}
