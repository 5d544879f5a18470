import { z } from 'zod'

/** The `go:` group: how the compiler is called. */
export const goSchema = z
  .strictObject({
    version: z.string().regex(/^\d+\.\d+(\.\d+)?((rc|beta)\d+)?$/).describe('Go version to build with, quoted: "1.26" (any 1.26.x) or "1.26.8". Default: the Go on PATH.'),
    provision: z.enum(['auto', 'never']).meta({ default: 'auto' }).describe('Whether gopack fetches Go itself where there is none on PATH, or another than is needed.'),
    cgo: z.union([z.enum(['off', 'auto', 'on']), z.boolean()]).meta({ default: 'auto' }).describe('Whether C code is compiled (CGO_ENABLED); auto: where a package outside the standard library holds some.'),
    tags: z.array(z.string().regex(/^[\p{L}\p{N}_.]+$/u)).describe('Build tags.'),
    ldflags: z.array(z.string()).describe('Arguments for the linker, appended to those of gopack. Templates are expanded.'),
    flags: z.array(z.string().regex(/^-/)).describe('More arguments for `go build`, one an entry.'),
    env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string()).describe('Environment of the compiler. Templates are expanded.'),
    debug: z.boolean().meta({ default: false }).describe('Keep the symbol table and debug information.'),
    gui: z.boolean().meta({ default: false }).describe('A Windows program without a console window (-H=windowsgui).'),
    rebuild: z.boolean().meta({ default: false }).describe('Compile every package again (-a). Slow: it throws the build cache away.'),
  })
  .partial()
  .describe('How the Go compiler is called.')
