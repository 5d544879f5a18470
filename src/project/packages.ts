import { projectError } from '../errors/project.ts'
import { lines } from '../host/lines.ts'
import { run } from '../host/exec.ts'

/** What `go list -e -find -json` says of a package; paths are absolute. */
export interface GoPackage {
  readonly Dir: string
  readonly ImportPath: string
  readonly Name: string
  readonly Module?: {
    readonly Path: string
    readonly Dir: string
    readonly GoVersion?: string
    readonly Version?: string
    readonly Main?: boolean
  }
  readonly GoFiles?: readonly string[]
  readonly CgoFiles?: readonly string[]
  readonly SysoFiles?: readonly string[]
  readonly EmbedPatterns?: readonly string[]
  readonly Error?: { readonly Pos?: string; readonly Err: string }
}

const fields = 'Dir,ImportPath,Name,Module,GoFiles,CgoFiles,SysoFiles,EmbedPatterns,Error'

export interface ListRequest {
  readonly patterns: readonly string[]
  readonly tags: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}

/**
 * Lists packages under a target's environment without resolving what they import (`-find`): fast, and no gap in
 * generated code or in go.sum stops it.
 * @throws GO_SUM_MISSING, GO_FAILED
 */
export async function listPackages(request: ListRequest, signal?: AbortSignal): Promise<GoPackage[]> {
  const tags = request.tags.length === 0 ? [] : [`-tags=${request.tags.join(',')}`]
  const args = ['list', '-e', '-find', ...tags, `-json=${fields}`, '--', ...request.patterns]
  const result = await run({ file: 'go', args, env: request.environment, cwd: request.cwd }, { signal })
  if (result.exitCode !== 0) {
    const output = lines(result.stderr)
    if (/missing go\.sum entry|updates to go\.(mod|sum) needed/.test(result.stderr))
      throw projectError('GO_SUM_MISSING', { message: 'go.sum lacks an entry this module needs.', output })
    throw projectError('GO_FAILED', { message: '`go list` could not read the module.', output })
  }
  return parseJsonStream<GoPackage>(result.stdout)
}

/** `go list -json` prints one indented object after the other. */
export function parseJsonStream<T>(text: string): T[] {
  const objects = text.split(/^\}\n?/m).filter((part) => part.trim() !== '')
  return objects.map((part) => JSON.parse(`${part}}`) as T)
}
