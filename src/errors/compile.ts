import { errorMaker, exitCodes, type ErrorEntry } from './gopack-error.ts'

export const compileErrors = {
  COMPILE_FAILED: {
    exit: exitCodes.compile,
    summary: 'The Go compiler or linker refused the program.',
    remedy: 'Correct what the compiler names above; the command line is shown by `gopack plan`.',
  },
  COMPILE_LIMIT: {
    exit: exitCodes.compile,
    summary: 'The go command ended without saying why.',
    remedy: 'It may have been killed for memory; try again with --jobs 1.',
  },
  X_FLAG_DEAD: {
    exit: exitCodes.usage,
    summary: 'An -X flag in ldflags would change nothing.',
    remedy: 'It must name an existing package-level `var NAME string` with no initial value or a constant one.',
  },
  LDFLAGS_INVALID: {
    exit: exitCodes.usage,
    summary: 'The ldflags cannot be split into arguments.',
    remedy: 'Close every quote; quote the whole argument: "-X \'main.name=two words\'".',
  },
  C_COMPILER_MISSING: {
    exit: exitCodes.missingTool,
    summary: 'A dependency needs cgo and no C compiler for the target was found.',
    remedy: 'Install one of the compilers named, set CC, or build without cgo.',
  },
  C_COMPILER_WRONG: {
    exit: exitCodes.missingTool,
    summary: 'The C compiler does not make code for the target.',
    remedy: 'Set CC to a compiler for the target, or unset it: gopack then looks for one by itself. `gopack doctor` lists those it knows.',
  },
} satisfies Record<string, ErrorEntry>

export const compileError = errorMaker(compileErrors)
