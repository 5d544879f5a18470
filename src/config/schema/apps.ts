import { z } from 'zod'
import { archiveSchema } from './archive.ts'
import { goSchema } from './go.ts'
import { resourcesSchema } from './resources.ts'
import { versionSchema } from './version.ts'

/** The `apps:` list: several programs of one repository, each with what differs from the common settings. */
export const appsSchema = z
  .array(
    z.strictObject({
      name: z.string().describe('Name of the program and of its archives. Default: what `go build` would call it.').optional(),
      main: z.string().min(1).describe('Main package.'),
      targets: z.array(z.string()).min(1).describe('In place of the common targets.').optional(),
      go: goSchema.omit({ version: true }).describe('How the Go compiler is called for it.').optional(),
      version: versionSchema.pick({ scheme: true, tagPrefix: true }).describe('Where its version comes from.').optional(),
      resources: resourcesSchema.optional(),
      archive: archiveSchema.omit({ together: true }).describe('What is in its archive and what it is called.').optional(),
    }),
  )
  .min(1)
  .describe('Several programs. The groups of each are laid over the common ones, key by key.')
