import { z } from 'zod'
import { appsSchema } from './apps.ts'
import { archiveSchema } from './archive.ts'
import { goSchema } from './go.ts'
import { hooksSchema } from './hooks.ts'
import { resourcesSchema } from './resources.ts'
import { versionSchema } from './version.ts'

/** gopack.yaml. One definition for types, validation, the JSON schema and the reference in the documentation. */
export const configSchema = z
  .strictObject({
    name: z.string().describe('Name of the program and of its archives. Default: what `go build` would call it.'),
    main: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).describe('Main package, or several; ./... takes all. Default: the only one there is.'),
    targets: z.array(z.string()).min(1).meta({ default: ['windows/amd64'] }).describe('OS/ARCH[/VARIANT]; a bare OS means all its architectures.'),
    out: z.string().min(1).meta({ default: 'dist' }).describe('Output folder.'),
    go: goSchema,
    version: versionSchema,
    resources: resourcesSchema,
    archive: archiveSchema,
    hooks: hooksSchema,
    apps: appsSchema,
  })
  .partial()

/** The configuration as written by the user, validated; every key may be absent. */
export type Config = z.infer<typeof configSchema>

/** One entry of `apps:`. */
export type AppConfig = NonNullable<Config['apps']>[number]
