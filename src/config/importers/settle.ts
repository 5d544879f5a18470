import { configSchema, type Config } from '../schema/index.ts'
import { pathName } from '../validate.ts'
import { escaped } from './escape.ts'
import { ruleIssue, type Issue } from './rules.ts'
import type { Carried, Imported, Left } from './types.ts'

/** Takes out of an import what gopack's own rules for its configuration refuse, and lists it: whatever a source says, the result is valid. */
export function settle(imported: Imported): Imported {
  const config = structuredClone(imported.config) as Record<string, unknown>
  const carried = [...imported.carried]
  const left = [...imported.left]
  for (let issue = firstIssue(config); issue !== undefined; issue = firstIssue(config)) {
    const removed = remove(config, issue.path)
    const value = typeof removed === 'string' ? escaped(removed) : removed
    const setting = pathName(issue.path).replaceAll(/apps\[\d+\]\./g, '')
    const candidates = carried.filter(({ to }) => setting.startsWith(to))
    const entry = candidates.find((candidate) => typeof value === 'string' && candidate.value.includes(value)) ?? candidates[0]
    left.push({
      file: imported.file,
      line: entry?.line ?? 1,
      key: entry?.key ?? pathName(issue.path),
      value: typeof value === 'string' ? value : escaped(JSON.stringify(value ?? '')),
      reason: escaped(`${pathName(issue.path)} cannot be this: ${issue.message}`),
    })
    if (entry !== undefined && entry.value === value) carried.splice(carried.indexOf(entry), 1)
  }
  return { ...imported, config: config as Config, carried, left: left.sort((a, b) => a.line - b.line) }
}

function firstIssue(config: unknown): Issue | undefined {
  const result = configSchema.safeParse(config)
  if (result.success) return ruleIssue(result.data)
  const [issue] = result.error.issues
  if (issue === undefined || (issue.path.length === 0 && issue.code !== 'unrecognized_keys')) return undefined
  const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  return { path: [...issue.path, ...extra], message: issue.message }
}

/** Removes a value; a list or group that is empty then goes too. */
function remove(config: Record<string, unknown>, path: readonly PropertyKey[]): unknown {
  const parents = path
    .slice(0, -1)
    .reduce<unknown[]>((found, key) => [...found, (found.at(-1) as Record<PropertyKey, unknown>)[key]], [config])
  const parent = parents.at(-1) as Record<PropertyKey, unknown> | unknown[]
  const key = path.at(-1)!
  const value = (parent as Record<PropertyKey, unknown>)[key]
  if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else delete parent[key]
  if (path.length > 1 && Object.keys(parent).length === 0) remove(config, path.slice(0, -1))
  return value
}

/** What is not as it was there: not carried over, or carried over with a difference. */
export function differencesOf({ carried, left }: Imported): { readonly changed: readonly Carried[]; readonly left: readonly Left[] } {
  return { changed: carried.filter(({ difference }) => difference !== undefined), left }
}
