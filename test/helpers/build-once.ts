import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Tests run the built command as users do, so it is built once before them. */
export default function buildOnce(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  execFileSync(process.execPath, ['scripts/build.mjs', '--no-types'], { cwd: root, stdio: 'inherit' })
}
