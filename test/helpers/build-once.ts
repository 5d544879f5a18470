import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the command built for this run. */
    readonly built: string
  }
}

/** Tests run the built command as users do: it is built once before them, into a folder of this run's own. */
export default function buildOnce(project: TestProject): () => void {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const out = `${root}node_modules/.cache/gopack-test-${process.pid}`
  execFileSync(process.execPath, ['scripts/build.mjs', '--out', out], { cwd: root, stdio: 'inherit' })
  project.provide('built', out)
  return () => rmSync(out, { recursive: true, force: true })
}
