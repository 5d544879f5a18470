import { Untranslatable } from './nodes.ts'

/** What a piece of a result depends on, beside the version. */
export type Taint = 'os' | 'arch' | 'variant'

/** A value while a template is being translated for one target. */
export interface Value {
  /** What it is, where that is known before a build. */
  readonly known?: string | boolean
  /** The same as a template of gopack. */
  readonly out: string
  readonly taint: ReadonlySet<Taint>
  /** The map of all variables, which only `index` can use. */
  readonly isEnvironment?: true
}

const noTaint: ReadonlySet<Taint> = new Set()

/** A text as it stands, in a template of gopack. */
export const escaped = (text: string): string => text.replaceAll('{', '{{').replaceAll('}', '}}')

export const literal = (text: string, ...from: readonly Value[]): Value => ({ known: text, out: escaped(text), taint: mixed(from) })

export const truth = (value: boolean, ...from: readonly Value[]): Value => ({ known: value, out: String(value), taint: mixed(from) })

/** A value that only a build has. */
export const unknown = (out: string): Value => ({ out, taint: noTaint })

/** A part of the target: known, and a placeholder too. */
export const ofTarget = (text: string, out: string, taint: Taint): Value => ({ known: text, out, taint: new Set([taint]) })

export function mixed(values: readonly { readonly taint: ReadonlySet<Taint> }[]): ReadonlySet<Taint> {
  return values.every(({ taint }) => taint.size === 0) ? noTaint : new Set(values.flatMap(({ taint }) => [...taint]))
}

/** @throws Untranslatable */
export function knownText(value: Value, what: string): string {
  if (value.known === undefined || value.isEnvironment)
    throw new Untranslatable(`{{ ${what} }} needs a value that only a build has (${value.out})`)
  return String(value.known)
}

/** As Go's `if` sees it: a version, a commit and a date are never empty. @throws Untranslatable */
export function isTruthy(value: Value, what: string): boolean {
  if (value.known !== undefined) return value.known !== '' && value.known !== false
  if (value.out.includes('{env.')) throw new Untranslatable(`{{ ${what} }} depends on an environment variable`)
  return true
}
