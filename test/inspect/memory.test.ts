import { execFileSync } from 'node:child_process'
import { closeSync, copyFileSync, ftruncateSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'
import { makeZip } from './make-zip.ts'
import { prepareProgram } from './samples.ts'

const folder = makeFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/**
 * Inspects in a process of its own, bundled as the released command is, and gives its peak memory in MiB. Linux counts the memory
 * of the process it was forked from into maxRSS, and only /proc knows its own.
 */
function inspectAlone(path: string): { readonly memory: number; readonly codes: readonly string[] } {
  const script = `import { existsSync, readFileSync } from 'node:fs'
import { inspect } from './inspect.mjs'
const { findings } = await inspect(process.argv[1])
const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''
const peak = /VmHWM:\\s+(\\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS
console.log(JSON.stringify({ memory: peak / 1024, codes: findings.map(({ code }) => code) }))`
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script, path], { cwd: folder, encoding: 'utf8' }))
}

describeWith(['go', 'git'], 'memory', () => {
  let exe: string
  let floor: number
  beforeAll(async () => {
    exe = prepareProgram(folder).build('program.exe', {})
    await build({
      entryPoints: [fileURLToPath(new URL('../../src/inspect/inspect.ts', import.meta.url))],
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    })
    floor = inspectAlone(exe).memory
  })

  test('an executable of 1 GB is not read into memory', () => {
    const large = join(folder, 'large.exe')
    copyFileSync(exe, large)
    const file = openSync(large, 'r+')
    ftruncateSync(file, 1 << 30)
    closeSync(file)
    expect(inspectAlone(large).memory).toBeLessThan(floor + 100)
  })

  test('a zip bomb is not unpacked into memory', () => {
    const bomb = join(folder, 'bomb.zip')
    // An "executable" that says it is small.
    const data = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200 << 20)])
    writeFileSync(bomb, makeZip([{ name: 'bomb.exe', data, lie: { size: 1000 } }]))
    const { memory, codes } = inspectAlone(bomb)
    expect(codes.length).toBeGreaterThan(0)
    expect(memory).toBeLessThan(floor + 150)
  })
})
