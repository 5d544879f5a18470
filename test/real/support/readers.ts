import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What a program that is not ours says; it must exit 0. */
export const readIn = (cwd: string | undefined, file: string, ...args: string[]): string =>
  execFileSync(file, args, { cwd, encoding: 'utf8' })

export const read = (file: string, ...args: string[]): string => readIn(undefined, file, ...args)

export const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')

/** The version information, as exiftool reads it. */
export function exiftool(path: string): Readonly<Record<string, unknown>> {
  return (JSON.parse(read('exiftool', '-json', path)) as [Record<string, unknown>])[0]
}

export interface PefileReport {
  readonly machine: number
  readonly checksum?: readonly [written: number, right: number]
  readonly resources: Readonly<Record<string, readonly (readonly [name: string, language: number])[]>>
  readonly manifest: { readonly settings: Readonly<Record<string, string>> } & Readonly<Record<string, unknown>>
}

/** Headers, imports, resources and the manifest's elements, as pefile and Python's XML parser read them. */
export function pefile(path: string, ...options: '--checksum'[]): PefileReport {
  return JSON.parse(read('python3', fileURLToPath(new URL('read_pe.py', import.meta.url)), path, ...options)) as PefileReport
}

/** What osslsigncode says of the checksum: it names a second number, and warns, when the one written is wrong. */
export function checksumLines(path: string): string[] {
  // It exits 1 as there is no signature to verify.
  const { stdout, stderr } = spawnSync('osslsigncode', ['verify', path], { encoding: 'utf8' })
  return lines(stdout + stderr).filter((line) => line.includes('checksum'))
}

/** Unpacks an archive as a user would, and gives the folder. */
export function unzip(path: string, folder: string): string {
  read('unzip', '-q', path, '-d', folder)
  return folder
}

/** `go version -m`: the main package (path), the module with its version (mod) and the build settings. */
export function goVersion(path: string): ReadonlyMap<string, string> {
  const rows = lines(read('go', 'version', '-m', path)).map((line) => line.split('\t').slice(1))
  return new Map(
    rows.flatMap(([kind = '', first = '', second = '']): [string, string][] => {
      if (kind === 'build') return [[first.slice(0, first.indexOf('=')), first.slice(first.indexOf('=') + 1)]]
      return kind === 'mod' ? [['mod', `${first} ${second}`]] : kind === 'path' ? [['path', first]] : []
    }),
  )
}
