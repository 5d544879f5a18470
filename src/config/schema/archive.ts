import { z } from 'zod'

const fileEntry = z.union([
  z.string().min(1),
  z.strictObject({
    from: z.string().min(1).describe('A file, a folder or a glob.'),
    to: z.string().describe('Folder in the archive.').optional(),
    as: z.string().min(1).describe('Full path in the archive, for one single file.').optional(),
  }),
])

/** The `archive:` group: what is in the zip and what it is called. */
export const archiveSchema = z
  .strictObject({
    format: z.enum(['zip', 'tar.gz']).describe('Default: zip for Windows, tar.gz for everything else.'),
    name: z.string().min(1).meta({ default: '{name}_{tag}_{os}_{arch}' }).describe('File name without its ending; the variant is appended where there is one. Templates are expanded.'),
    wrap: z.boolean().meta({ default: false }).describe('Put everything into one folder named like the archive.'),
    files: z.array(fileEntry).meta({ default: ['LICENSE*', 'README*', 'CHANGELOG*'] }).describe('Files beside the program: globs relative to gopack.yaml, up to the git top level.'),
    together: z.boolean().meta({ default: false }).describe('One archive a target with all `apps` in it, named by the common settings, instead of one each.'),
    requires: z.array(z.string().regex(/^[\w+.-]+\.(dll|drv|cpl)$/i)).describe('DLLs the program imports and the machines have from elsewhere, such as a driver: [nvcuda.dll].'),
    folders: z.array(z.string().min(1)).describe('Empty folders to create, such as config and logs.'),
  })
  .partial()
  .describe('What is in the archive and what it is called.')
