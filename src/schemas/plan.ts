import { z } from 'zod'
import { targetSchema } from './artifacts.ts'

const command = z.strictObject({
  file: z.string(),
  args: z.array(z.string()),
  env: z.record(z.string(), z.string()).describe('What is added to the environment; module proxy and cache settings are left out.'),
  cwd: z.string(),
})

const hook = z.strictObject({ command, target: z.string().optional() })

const strings = z.record(z.string(), z.string())
const numbers = z.tuple([z.int(), z.int(), z.int(), z.int()])
const layer = z.enum(['configured', 'fallback'])

const steps = z.discriminatedUnion('step', [
  z.strictObject({
    step: z.literal('compile'),
    importPath: z.string(),
    command: command.describe('`go build`; -o is added when it is run.'),
    outputName: z.string(),
    checkAfterwards: z.array(z.strictObject({ package: z.string(), name: z.string() })),
    cgo: z.boolean(),
    cgoPackages: z.array(z.string()).describe('Packages that hold C code; absent where cgo is off and nobody looked.').optional(),
  }),
  z.strictObject({
    step: z.literal('resources'),
    path: z.string().describe('The finished executable in the output folder.'),
    request: z.strictObject({
      engine: z.enum(['portable', 'rcedit']),
      icon: z.strictObject({ layer, path: z.string(), sha256: z.string() }).optional(),
      dropIcon: z.boolean().optional(),
      version: z.strictObject({
        file: numbers,
        product: numbers,
        prerelease: z.boolean(),
        language: z.string(),
        always: strings,
        configured: z.record(z.string(), strings),
        fallback: z.record(z.string(), strings),
      }),
      manifest: z.strictObject({ layer, xml: z.string() }),
    }),
  }),
  z.strictObject({ step: z.literal('place'), path: z.string() }),
  z.strictObject({
    step: z.literal('audit'),
    programs: z.array(z.strictObject({ app: z.string(), name: z.string() })),
    files: z.array(z.strictObject({ source: z.string(), name: z.string() })),
    requires: z.array(z.string()).describe('DLLs the machines have from elsewhere.'),
  }),
  z.strictObject({
    step: z.literal('archive'),
    format: z.enum(['zip', 'tar.gz']),
    path: z.string(),
    programs: z.array(z.strictObject({ app: z.string(), name: z.string() })),
    files: z.array(z.strictObject({ source: z.string(), name: z.string(), executable: z.boolean() })),
    folders: z.array(z.string()),
    time: z.int().describe('Seconds since 1970.'),
    comment: z.string().describe('Comment of a zip.').optional(),
  }),
])

const lane = z.strictObject({
  app: z.string(),
  target: targetSchema,
  version: z.strictObject({
    version: z.string(),
    tag: z.string(),
    fileTag: z.string(),
    snapshot: z.boolean(),
    prerelease: z.boolean(),
    numbers,
    authoritative: z.boolean(),
  }),
  lowestWindows: z.string().describe('The lowest Windows it starts on.').optional(),
  steps: z.array(steps),
})

/** The document of `gopack plan --json`. */
export const planSchema = z.strictObject({
  schema: z.literal(1),
  gopack: z.string(),
  folder: z.string(),
  out: z.string(),
  configFile: z.string().optional(),
  go: z.strictObject({ version: z.string() }),
  commit: z.string().nullable(),
  dirty: z.boolean(),
  timestamp: z.string(),
  warnings: z.array(z.strictObject({ code: z.string(), message: z.string() })),
  hooks: z.strictObject({ before: z.array(hook), after: z.array(hook) }),
  lanes: z.array(lane),
  bundles: z.array(lane).describe('Archives of all apps together, packed when the lanes are done.'),
  unchanged: z
    .array(z.strictObject({ app: z.string(), since: z.string() }))
    .describe('With --changed: what is left as it is.')
    .optional(),
  outputs: z.array(z.string()),
})
