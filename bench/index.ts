import type { Row } from './row.ts'
import { auditLarge } from './rows/audit-large.ts'
import { emptyCache } from './rows/empty-cache.ts'
import { manyPrograms } from './rows/many-programs.ts'
import { oneLine } from './rows/one-line.ts'
import { provision } from './rows/provision.ts'
import { resourcesIntoLarge } from './rows/resources-into-large.ts'
import { start } from './rows/start.ts'
import { unchanged } from './rows/unchanged.ts'

/** What is measured, in this order: the shortest first. */
export const rows: readonly Row[] = [
  start,
  resourcesIntoLarge,
  auditLarge,
  provision,
  unchanged('fzf', { goreleaser: 0.3, shellLoop: 0.45 }),
  oneLine('fzf'),
  unchanged('windows_exporter', { goreleaser: 0.18, shellLoop: 0.2 }),
  oneLine('windows_exporter'),
  manyPrograms,
  emptyCache('fzf'),
  emptyCache('windows_exporter'),
]
