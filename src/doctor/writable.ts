import { mkdtempSync, rmdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { existingFolder } from './context.ts'
import { fail, ok } from './results.ts'
import type { CheckResult } from './types.ts'

/** A folder that is there or can be made takes new files. The rights are not asked but tried: they do not tell of a read-only disk. */
export function checkWritable(folder: string, fix: string): CheckResult {
  const place = existingFolder(folder)
  try {
    if (!statSync(place).isDirectory()) return fail(`${place} is a file, not a folder`, fix)
    rmdirSync(mkdtempSync(join(place, '.gopack-doctor-')))
    return ok(place === folder ? folder : `${folder} (not there yet)`)
  } catch (error) {
    return fail(`${folder} cannot be written to (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`, fix)
  }
}
