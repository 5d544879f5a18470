import { archiveErrors } from './archive.ts'
import { compileErrors } from './compile.ts'
import { configErrors } from './config.ts'
import { distErrors } from './dist.ts'
import type { ErrorEntry } from './gopack-error.ts'
import { importErrors } from './import.ts'
import { initErrors } from './init.ts'
import { inspectErrors } from './inspect.ts'
import { peErrors } from './pe.ts'
import { projectErrors } from './project.ts'
import { resourceErrors } from './resources.ts'
import { toolchainErrors } from './toolchain.ts'

/** Every error there is, by area: the source of `gopack explain` and docs/errors.md. */
export const errorAreas: Readonly<Record<string, Readonly<Record<string, ErrorEntry>>>> = {
  'Configuration and command line': configErrors,
  'Project and version': projectErrors,
  'Go itself': toolchainErrors,
  Compile: compileErrors,
  Resources: resourceErrors,
  Archive: archiveErrors,
  'Output folder and hooks': distErrors,
  Init: initErrors,
  Import: importErrors,
  Inspect: { ...inspectErrors, ...peErrors },
}

export const errorCatalogue: Readonly<Record<string, ErrorEntry>> = Object.assign({}, ...Object.values(errorAreas))
