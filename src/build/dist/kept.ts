import type { Plan } from '../../plan/types.ts'
import type { ListedArtifact } from './artifacts-file.ts'
import type { PreviousOutput } from './previous.ts'

/** With --changed: the artifacts of programs that were not built now, as the last build left them; damaged ones are dropped. */
export async function keptArtifacts(plan: Plan, previous: PreviousOutput): Promise<ListedArtifact[]> {
  const unchanged = new Set(plan.unchanged?.map(({ app }) => app))
  // An archive of all apps bears no app's name; nothing at all was built then.
  const stays = ({ app }: ListedArtifact): boolean => app !== undefined && (unchanged.has(app) || plan.lanes.length === 0)
  const candidates = unchanged.size === 0 ? [] : (previous.file?.artifacts ?? []).filter(stays)
  const whole = await Promise.all(candidates.map((entry) => previous.has(entry.path, entry)))
  return candidates.filter((_, index) => whole[index])
}
