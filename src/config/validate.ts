import type { z } from 'zod'
import { configError } from '../errors/config.ts'
import type { GopackError, SourcePlace } from '../errors/gopack-error.ts'
import { didYouMean } from './nearest.ts'
import type { ParsedConfig } from './parse.ts'
import { configSchema, type Config } from './schema/index.ts'

/**
 * Checks a parsed configuration against the schema.
 * @throws CONFIG_UNKNOWN_KEY, CONFIG_WRONG_TYPE with the place of the first problem in the file.
 */
export function validateConfig(parsed: ParsedConfig): Config {
  const result = configSchema.safeParse(parsed.value)
  if (result.success) return result.data
  const errors = result.error.issues.flatMap((issue) => describeIssue(issue, parsed))
  errors.sort((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0))
  throw errors[0]!
}

type Issue = z.core.$ZodIssue

function describeIssue(issue: Issue, parsed: ParsedConfig): GopackError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const at = parsed.placeOfKey([...issue.path, key])
      return configError('CONFIG_UNKNOWN_KEY', {
        message: `${where(at)}: unknown key "${key}"${under(issue.path)}.${didYouMean(key, knownKeys(issue.path))}`,
        at,
      })
    })
  }
  if (issue.code === 'invalid_union') {
    const branch = deepestBranch(issue.errors)
    if (branch !== undefined)
      return branch.flatMap((inner) => describeIssue({ ...inner, path: [...issue.path, ...inner.path] } as Issue, parsed))
  }
  const at = parsed.placeOf(issue.path)
  return [
    configError('CONFIG_WRONG_TYPE', {
      message: `${where(at)}: ${pathName(issue.path)} ${expectation(issue, valueAt(parsed.value, issue.path))}`,
      at,
    }),
  ]
}

/** Of the alternatives of a union, the one that got furthest into the value says most about what is wrong. */
function deepestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const inner = branches.filter((issues) => issues.some((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'))
  const unknown = inner[0]?.filter((issue) => issue.code === 'unrecognized_keys')
  // A key that is missing is often one that is misspelt: the misspelling is what to say.
  return unknown !== undefined && unknown.length > 0 ? unknown : inner[0]
}

function expectation(issue: Issue, value: unknown): string {
  if (pathName(issue.path) === 'go.version' && typeof value === 'number') return 'must be a quoted string: 1.20 as a number is 1.2.'
  const got = `not ${shown(value)}.`
  if (issue.code === 'invalid_type') return `must be ${article(issue.expected)}, ${got}`
  if (issue.code === 'invalid_value') {
    const options = issue.values.map(String)
    return `must be one of ${options.join(', ')}, ${got}${typeof value === 'string' ? didYouMean(value, options) : ''}`
  }
  if (issue.code === 'too_small') return 'must not be empty.'
  if (issue.code === 'invalid_union') return `has a value of the wrong kind: ${shown(value)}.`
  return `has a value that cannot be used: ${shown(value)}${issue.message.startsWith('Invalid') ? '' : ` (${issue.message})`}.`
}

const articles: Record<string, string> = {
  object: 'a group of keys',
  record: 'a group of keys',
  array: 'a list',
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
}
const article = (expected: string): string => articles[expected] ?? expected
const shown = (value: unknown): string => (value === undefined ? 'nothing' : (JSON.stringify(value) ?? typeof value).slice(0, 80))
const under = (path: readonly PropertyKey[]): string => (path.length === 0 ? '' : ` under "${pathName(path)}"`)

/** `file:line:column`, as editors and terminals make it a link. */
export function where(at: SourcePlace): string {
  return [at.file, at.line, at.column].filter((part) => part !== undefined).join(':')
}

/** `archive.files[0]`, as messages name a setting. */
export function pathName(path: readonly PropertyKey[]): string {
  return (
    path.reduce<string>(
      (name, key) => (typeof key === 'number' ? `${name}[${key}]` : name === '' ? String(key) : `${name}.${String(key)}`),
      '',
    ) || 'the configuration'
  )
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  )
}

/** The keys the schema has at a path, for suggestions. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: unknown = configSchema
  for (const key of path) schema = step(unwrap(schema), key)
  const shape = (unwrap(schema) as { shape?: Record<string, unknown> } | undefined)?.shape
  return shape === undefined ? [] : Object.keys(shape)
}

function step(schema: unknown, key: PropertyKey): unknown {
  const known = schema as { shape?: Record<PropertyKey, unknown>; element?: unknown } | undefined
  return known?.shape?.[key] ?? known?.element
}

function unwrap(schema: unknown): unknown {
  const definition = (schema as { def?: { type?: string; innerType?: unknown; options?: unknown[] } } | undefined)?.def
  if (definition?.innerType !== undefined) return unwrap(definition.innerType)
  if (definition?.type === 'union')
    return definition.options?.map(unwrap).find((option) => (option as { shape?: unknown }).shape !== undefined) ?? schema
  return schema
}
