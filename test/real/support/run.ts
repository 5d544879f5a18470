import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../../helpers/temporary.ts'
import { type WineOptions, type WineResult, runUnderWine } from '../../helpers/wine.ts'
import { unzip } from './readers.ts'

/** Runs the amd64 program as somebody does who downloaded its zip and unpacked it. Call it inside a test. */
export function runFromZip(checkout: string, name: string, args: readonly string[], options: WineOptions = {}): Promise<WineResult> {
  const dist = join(checkout, 'dist')
  const [zip = ''] = readdirSync(dist).filter((file) => file.endsWith('_windows_amd64.zip'))
  const folder = unzip(join(dist, zip), temporaryFolder())
  return runUnderWine(join(folder, `${name}.exe`), args, { cwd: folder, ...options })
}
