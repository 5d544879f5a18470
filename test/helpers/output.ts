import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

interface Listed {
  readonly tag?: string
  readonly artifacts: readonly { readonly path: string; readonly sha256: string; readonly tag?: string }[]
}

/** SHA-256 by our own hand, not the tool's. */
export const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex')

/**
 * The contract of an output folder: where artifacts.json is, every file it lists is whole.
 * @returns the tag it holds, undefined without artifacts.json
 */
export function checkWhole(out: string): string | undefined {
  const list = join(out, 'artifacts.json')
  if (!existsSync(list)) return undefined
  const { artifacts } = JSON.parse(readFileSync(list, 'utf8')) as Listed
  for (const { path, sha256: expected } of artifacts) {
    if (!existsSync(join(out, path))) throw new Error(`${path} is listed and missing`)
    if (sha256(join(out, path)) !== expected) throw new Error(`${path} is listed and damaged`)
  }
  return artifacts.find(({ tag }) => tag !== undefined)?.tag
}

/** What gopack itself keeps in an output folder for a while, and must not leave. */
export const leftovers = (out: string): string[] => (existsSync(out) ? readdirSync(out).filter((name) => name.startsWith('.gopack')) : [])

/** Processes that stand in or below a folder: children that outlived their parent. */
export function processesIn(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/environ`, 'latin1').includes(folder) || readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(folder)
        )
      } catch {
        return false
      }
    })
    .filter((pid) => Number(pid) !== process.pid)
}
