import { z } from 'zod'

const argumentArray = z.array(z.string()).min(1)

const hook = z.union([
  argumentArray,
  z.strictObject({
    run: argumentArray.describe('Program and arguments.'),
    os: z.array(z.string()).describe('Host systems it runs on: linux, darwin, windows.').optional(),
    targets: z.array(z.string()).describe('Runs once for each of these targets that is built (OS or OS/ARCH).').optional(),
    inputs: z.array(z.string()).describe('Files the hook reads, for --changed.').optional(),
  }),
])

/** The `hooks:` group: commands around the build. */
export const hooksSchema = z
  .strictObject({
    before: z.array(hook).describe('Before anything is compiled, in order.'),
    after: z.array(hook).describe('After the output folder is complete, in order.'),
  })
  .partial()
  .describe('Commands around the build, as argument arrays: [go, generate, ./...]. Templates are expanded.')
