import { Untranslatable } from './nodes.ts'
import { isTruthy, knownText, literal, mixed, truth, type Value } from './value.ts'

export type Environment = (name: string) => Value | undefined

type TemplateFunction = (args: readonly Value[], environment: Environment) => Value

const onText =
  (name: string, change: (text: string, ...more: string[]) => string, subject = 0): TemplateFunction =>
  (args) => {
    const texts = args.map((arg) => knownText(arg, name))
    const before = texts[subject] ?? ''
    const after = change(before, ...texts.filter((_, index) => index !== subject))
    // What a function leaves as it was is still the placeholder.
    return after === before ? { ...args[subject]!, taint: mixed(args) } : literal(after, ...args)
  }

const compare =
  (name: string, test: (first: string, others: readonly string[]) => boolean): TemplateFunction =>
  (args) => {
    const [first = '', ...others] = args.map((arg) => knownText(arg, name))
    return truth(test(first, others), ...args)
  }

/** Like English title case: the first letter of each word. */
const title = (text: string): string =>
  text.toLowerCase().replaceAll(/(^|[^\p{L}\p{N}'])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())

const replaceAll = (text: string, from = '', to = ''): string => text.replaceAll(from, () => to)

/** The functions of GoReleaser (internal/tmpl/tmpl.go) and of text/template whose result is known before a build. */
export const templateFunctions: Readonly<Record<string, TemplateFunction>> = {
  title: onText('title', title),
  tolower: onText('tolower', (text) => text.toLowerCase()),
  toupper: onText('toupper', (text) => text.toUpperCase()),
  trim: onText('trim', (text) => text.trim()),
  trimprefix: trimPrefix,
  trimsuffix: onText('trimsuffix', (text, suffix = '') => (suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text)),
  replace: onText('replace', replaceAll),
  base: onText('base', (text) => text.replace(/\/+$/, '').split('/').at(-1) ?? ''),
  eq: compare('eq', (first, others) => others.includes(first)),
  ne: compare('ne', (first, [second]) => first !== second),
  contains: compare('contains', (first, [second = '']) => first.includes(second)),
  not: ([value]) => truth(!isTruthy(value!, 'not'), value!),
  and: (args) => ({ ...(args.find((arg) => !isTruthy(arg, 'and')) ?? args.at(-1)!), taint: mixed(args) }),
  or: (args) => ({ ...(args.find((arg) => isTruthy(arg, 'or')) ?? args.at(-1)!), taint: mixed(args) }),
  print: (args) => joined(args),
  printf,
  index: ([map, name], environment) => {
    if (map?.isEnvironment !== true || name === undefined) throw new Untranslatable('gopack has no {{ index }}')
    return environment(knownText(name, 'index'))!
  },
  envOrDefault: ([name, fallback], environment) => {
    const variable = knownText(name!, 'envOrDefault')
    const value = environment(variable)
    if (value !== undefined && value.known !== undefined) return value
    throw new Untranslatable(
      `{env.${variable}} must always be set: there is no default for it (here ${JSON.stringify(fallback?.known ?? '')})`,
    )
  },
  isEnvSet: ([name]) => {
    throw new Untranslatable(`whether ${knownText(name!, 'isEnvSet')} is set can make no difference`)
  },
}

/** A version never begins with v, and a tag is `v` and the version. */
function trimPrefix(args: readonly Value[]): Value {
  const [value, prefix] = args
  if (value?.known === undefined && prefix?.known === 'v') {
    if (value?.out === '{version}') return value
    if (value?.out === 'v{version}') return { ...value, out: '{version}' }
  }
  return onText('trimprefix', (text, start = '') => (text.startsWith(start) ? text.slice(start.length) : text))(args, () => undefined)
}

function joined(args: readonly Value[]): Value {
  const out = args.map((arg) => arg.out).join('')
  const known = args.every((arg) => arg.known !== undefined) ? { known: args.map((arg) => String(arg.known)).join('') } : {}
  return { ...known, out, taint: mixed(args) }
}

function printf(args: readonly Value[]): Value {
  const [format, ...values] = args
  const pieces = knownText(format!, 'printf').split(/(%[sv%])/)
  if (pieces.some((piece, index) => index % 2 === 0 && piece.includes('%')))
    throw new Untranslatable('gopack knows no {{ printf }} but with %s')
  const rest = [...values]
  return joined(
    pieces.map((piece) =>
      piece === '%%' ? literal('%') : /^%[sv]$/.test(piece) ? (rest.shift() ?? literal('%!s(MISSING)')) : literal(piece, format!),
    ),
  )
}
