import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'
import { agrees, readers } from './support/agreement.ts'
import { lines, read } from './support/readers.ts'
import { builtOnce, headOf } from './support/real-module.ts'
import { runFromZip } from './support/run.ts'

const module = { path: 'github.com/prometheus-community/windows_exporter', version: 'v0.30.8' }
const name = 'windows_exporter'
const archs = ['amd64', 'arm64', '386'] as const
const sizes = [16, 20, 24, 32, 40, 48, 64, 128, 256]
const language = 0x409

describeWith([...readers, 'wrestool', 'icotool'], 'windows_exporter: for Windows only, its main in cmd/, with a winres.json', () => {
  const checkout = builtOnce(module, archs)
  const expected = {
    name,
    module: module.path,
    main: `${module.path}/cmd/windows_exporter`,
    version: '0.30.8',
    archs,
    files: ['LICENSE', 'README.md'],
    fields: { CompanyName: 'Prometheus Community', FileDescription: 'A Prometheus exporter for Windows machines.' },
    resources: {
      3: sizes.map((_size, index) => [String(index + 1), language] as const),
      14: [['1', language]],
      16: [['1', language]],
      24: [['1', language]],
    } as const,
    // As its winres.json has it: no long paths.
    manifestSettings: { dpiAware: 'true', dpiAwareness: 'system' },
  }
  agrees(expected, checkout)

  it.each(archs)('%s: the icon of its winres.json in the usual sizes, as wrestool and icotool read it', (arch) => {
    const folder = temporaryFolder()
    const ico = join(folder, 'icon.ico')
    read('wrestool', '-x', '-t14', '-o', ico, join(checkout(), `dist/windows_${arch}/${name}.exe`))
    const listed = lines(read('icotool', '-l', ico)).map((line) =>
      /--width=(\d+) --height=(\d+) --bit-depth=(\d+)/.exec(line)?.slice(1).map(Number),
    )
    expect(listed).toEqual(sizes.map((size) => [size, size, 32]))
    read('icotool', '-x', '--index=9', '-o', join(folder, 'largest.png'), ico)
    const source = PNG.sync.read(readFileSync(join(checkout(), `cmd/${name}/winres/icon.png`)))
    expect(PNG.sync.read(readFileSync(join(folder, 'largest.png'))).data.equals(source.data)).toBe(true)
  })

  describeWith(['wine', 'mingw'], 'under Wine', () => {
    it('runs from the unpacked zip, and knows the commit', async () => {
      const { exitCode, stdout, stderr } = await runFromZip(checkout(), name, ['--version'])
      // Its version is a variable of another package: only its own build script knows of it.
      expect([exitCode, stdout + stderr]).toEqual([
        0,
        expect.stringContaining(`windows_exporter, version  (branch: , revision: ${headOf(checkout())})`),
      ])
      expect(stdout + stderr).toContain('platform:         windows/amd64')
    })
  })
})
