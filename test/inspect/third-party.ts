import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface PefileReport {
  readonly machine: number
  readonly timestamp: number
  readonly characteristics: number
  readonly symbols: number
  readonly subsystem: number
  readonly dllCharacteristics: number
  readonly dllNames: readonly string[]
  readonly imageBase: string
  readonly checksum: number
  readonly computed: number
  readonly sections: readonly (readonly [string, number, number, number, number, number])[]
  readonly imports: readonly { readonly dll: string; readonly functions: readonly string[] }[]
  readonly delayed: PefileReport['imports']
  readonly resources: readonly (readonly [type: number | string, name: number | string, language: number, size: number])[]
  readonly strings: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly overlay: number | null
}

export function readWithPefile(path: string): PefileReport {
  const script = fileURLToPath(new URL('read-with-pefile.py', import.meta.url))
  return JSON.parse(execFileSync('python3', [script, path], { encoding: 'utf8' })) as PefileReport
}

interface GoJsonModule {
  readonly Path: string
  readonly Version: string
  readonly Sum?: string
  readonly Replace?: GoJsonModule
}

/** `go version -m -json` in the shape of our own answer. */
export function readWithGo(path: string) {
  const answer = JSON.parse(execFileSync('go', ['version', '-m', '-json', path], { encoding: 'utf8' })) as {
    readonly GoVersion: string
    readonly Path: string
    readonly Main: GoJsonModule
    readonly Deps?: readonly GoJsonModule[]
    readonly Settings: readonly { readonly Key: string; readonly Value?: string }[]
  }
  const moduleOf = (one: GoJsonModule): unknown => ({
    path: one.Path,
    version: one.Version ?? '',
    sum: one.Sum ?? '',
    replace: one.Replace === undefined ? null : moduleOf(one.Replace),
  })
  return {
    version: answer.GoVersion,
    path: answer.Path,
    main: moduleOf(answer.Main),
    deps: (answer.Deps ?? []).map(moduleOf),
    settings: answer.Settings.map(({ Key, Value }) => ({ key: Key, value: Value ?? '' })),
  }
}
