import { run } from '../host/exec.ts'
import { lines } from '../host/lines.ts'

export interface CgoUseQuery {
  /** Import paths of main packages of one module. */
  readonly packages: readonly string[]
  readonly cwd: string
  /** Of the go command, the target's variables included. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly tags: readonly string[]
}

/** What the go command knows of the C code below some main packages. */
export interface CgoUse {
  /** By import path of a main package: the packages outside the standard library that hold C code. */
  readonly byMain: Readonly<Record<string, readonly string[]>>
  /** Folders of every package that is not the standard library's. */
  readonly folders: readonly string[]
}

/**
 * Which packages below each main package hold C code: one `go list` for all of them.
 * Nothing where the go command cannot tell: the compiler will.
 */
export async function cgoUse({ packages, cwd, environment, tags }: CgoUseQuery, signal?: AbortSignal): Promise<CgoUse> {
  const template =
    '{{if not .Standard}}{{.ImportPath}}\t{{.Dir}}\t{{if .CgoFiles}}C{{end}}\t{{if not .DepOnly}}{{range .Deps}}{{.}} {{end}}{{end}}{{end}}'
  const given = tags.length === 0 ? [] : [`-tags=${tags.join(',')}`]
  const args = ['list', '-e', '-deps', '-buildvcs=false', ...given, '-f', template, '--', ...packages]
  const result = await run({ file: 'go', args, env: { ...environment, CGO_ENABLED: '1' }, cwd }, { signal })
  const found = lines(result.stdout).map((line) => line.split('\t'))
  const withC = new Set(found.flatMap(([path = '', , c]) => (c === 'C' ? [path] : [])))
  const mains = found.flatMap(([path = '', , , deps = '']) => {
    if (!packages.includes(path)) return []
    const all = [path, ...deps.split(' ').filter((dep) => dep !== '')]
    return [[path, all.filter((dep) => withC.has(dep))] as const]
  })
  return { byMain: Object.fromEntries(mains), folders: found.map(([, folder = '']) => folder) }
}
