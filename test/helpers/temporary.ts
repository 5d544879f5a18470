import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A new empty folder, removed when the test is over. Call it inside a test. */
export function temporaryFolder(): string {
  const folder = makeFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

/** A new empty folder for several tests: the caller removes it (afterAll). */
export function makeFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'gopack-test-')))
}
