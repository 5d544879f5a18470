import { z } from 'zod'

/** The `version:` group: where version, tag and time come from. */
export const versionSchema = z
  .strictObject({
    scheme: z.enum(['semver', 'calver', 'timestamp']).meta({ default: 'semver' }).describe('How git tags are read: v1.4.2, v2026.11.21 or v20261121-1530.'),
    timestamp: z.string().meta({ default: 'commit' }).describe('commit (time of the commit), now, or a fixed time such as 2026-11-21T15:30:00Z.'),
    tagPrefix: z.string().describe('What git tags of this program begin with, such as "cmd/tool/". Default: the module\'s folder where such tags exist.'),
  })
  .partial()
  .describe('Where version, tag and time come from.')
