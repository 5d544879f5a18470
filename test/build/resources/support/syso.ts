import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ico } from './images.ts'

const fixtures = fileURLToPath(new URL('../../../../fixtures/resources/', import.meta.url))

/** Compiles fixtures/resources/existing.rc with mingw: two icon groups, a version in German, a manifest, data of other types. */
export function existingSyso(folder: string): string {
  const source = join(folder, 'syso')
  mkdirSync(source, { recursive: true })
  for (const name of ['existing.rc', 'own.manifest']) copyFileSync(join(fixtures, name), join(source, name))
  writeFileSync(join(source, 'first.ico'), ico(16, 32, 48))
  writeFileSync(join(source, 'second.ico'), ico(24, 64))
  const output = join(source, 'rsrc_windows_amd64.syso')
  execFileSync('x86_64-w64-mingw32-windres', ['-O', 'coff', '-i', 'existing.rc', '-o', output], { cwd: source })
  return output
}
