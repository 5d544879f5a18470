import { z } from 'zod'

export const targetSchema = z
  .strictObject({ os: z.string(), arch: z.string(), variant: z.string().optional() })
  .describe('GOOS, GOARCH and the variant, where one was asked for.')

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const artifactSchema = z.object({
  type: z.enum(['executable', 'archive', 'checksum']),
  app: z.string().optional(),
  version: z.string().describe('Semver without v and metadata.').optional(),
  tag: z.string().describe('v{version}+{metadata}').optional(),
  path: z.string().describe('Relative to the folder of artifacts.json, / separated.'),
  target: targetSchema.optional(),
  lowestWindows: z.string().describe('The lowest Windows that starts it: Windows 10, Server 2016.').optional(),
  sha256,
  size: z.int().nonnegative().describe('Bytes.'),
})

/** dist/artifacts.json */
export const artifactsSchema = z.object({
  schema: z.literal(1),
  tool: z.object({ name: z.literal('gopack'), version: z.string() }),
  go: z.string().describe('The Go that compiled, such as go1.26.8.'),
  commit: z.string().nullable().describe('Full hash of HEAD; null without git.'),
  dirty: z.boolean().describe('True when the tree had changes that were not committed.'),
  timestamp: z.string().describe('RFC 3339, UTC.'),
  artifacts: z.array(artifactSchema).describe('Sorted by path.'),
})
