import type { ResourceItem } from '../../../pe/resource-directory.ts'
import { resourceError } from '../../../errors/resources.ts'
import type { EmbedOptions } from '../embed.ts'
import type { Icon } from '../icon/types.ts'
import type { ResourceRequest } from '../types.ts'
export async function applyWithRcedit(_existing: readonly ResourceItem[], _request: ResourceRequest, _icon: Icon | undefined, _options: EmbedOptions): Promise<readonly ResourceItem[]> {
  throw resourceError('RCEDIT_FAILED', { message: 'rcedit' })
}
