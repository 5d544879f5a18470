import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface PefileReport {
  readonly warnings: readonly string[]
  readonly checksum: number
  readonly computedChecksum: number
  readonly sections: readonly { name: string; address: number; virtualSize: number; offset: number; size: number }[]
  readonly sizeOfImage: number
  readonly sectionAlignment: number
  readonly symbolTable: number
  readonly symbols: number
  readonly overlay: number | null
  readonly relocations: number
  readonly resources: readonly { type: number | string; id: number | string; language: number; size: number; sha256: string }[]
  readonly groups: Readonly<
    Record<string, readonly { width: number; height: number; bits: number; planes: number; size: number; id: number }[]>
  >
  readonly manifests: readonly string[]
  readonly versions: readonly {
    file: readonly number[]
    product: readonly number[]
    flags: number
    mask: number
    os: number
    type: number
    tables: Readonly<Record<string, Readonly<Record<string, string>>>>
    translations: readonly string[]
  }[]
}

const script = fileURLToPath(new URL('read_pe.py', import.meta.url))

export function pefile(path: string): PefileReport {
  const report = JSON.parse(tool('python3', script, path).toString('utf8')) as PefileReport
  // pefile gives characters outside the BMP as two escapes.
  return JSON.parse(JSON.stringify(report).replaceAll(/\\\\u(d[89a-f][0-9a-f]{2})/g, '\\u$1')) as PefileReport
}

export function exiftool(path: string): Record<string, unknown> {
  return (JSON.parse(tool('exiftool', '-json', '-charset', 'utf8', path).toString('utf8')) as Record<string, unknown>[])[0]!
}

/** The bytes of one resource as wrestool takes them out. */
export function wrestool(path: string, type: number, name: number | string): Buffer {
  return tool('wrestool', '--extract', '--raw', `--type=${type}`, `--name=${name}`, path)
}

/** The images of the first icon group, as icoutils see them: width × height and bits. */
export function icotool(path: string, folder: string): string[] {
  execFileSync('wrestool', ['--extract', '--type=14', `--output=${folder}/extracted.ico`, path])
  const lines = tool('icotool', '--list', `${folder}/extracted.ico`).toString('utf8').trim().split('\n')
  return lines.map(
    (line) => `${/--width=(\d+)/.exec(line)?.[1]}x${/--height=(\d+)/.exec(line)?.[1]}x${/--bit-depth=(\d+)/.exec(line)?.[1]}`,
  )
}

export function tool(file: string, ...args: readonly string[]): Buffer {
  return execFileSync(file, [...args], {
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
}
