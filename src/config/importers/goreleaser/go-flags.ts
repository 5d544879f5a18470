import type { Config } from '../../schema/index.ts'
import type { TextTree } from '../document.ts'
import type { Ledger } from '../ledger.ts'
import type { BuildTarget } from './targets.ts'
import { Untranslatable } from './template/nodes.ts'
import type { ScopeFacts } from './template/scope.ts'
import { constantForAll } from './template/translate.ts'

type GoConfig = NonNullable<Config['go']>

export interface FlagSettings {
  readonly go: Pick<GoConfig, 'flags' | 'tags' | 'rebuild'>
  /** ldflags among the flags: they are read as such. */
  readonly ldflags: readonly TextTree[]
}

interface Reading {
  readonly facts: (node: TextTree) => ScopeFacts
  readonly targets: readonly BuildTarget[]
  readonly ledger: Ledger
}

/** The settings that come of `flags`, which GoReleaser gives to `go build` one by one. */
export function flagsOf(nodes: readonly TextTree[], reading: Reading): FlagSettings {
  const { ledger } = reading
  const go: FlagSettings['go'] = {}
  const ldflags: TextTree[] = []
  for (const { node, name, value, second } of pairs(nodes)) {
    if (second !== undefined && second !== node) ledger.carry(second, `the value of -${name}`)
    if (name === 'ldflags') {
      ldflags.push({ ...node, text: value ?? '' })
      continue
    }
    try {
      const constant = value === undefined ? undefined : constantForAll(value, reading.facts(node), reading.targets)
      const flag = constant === undefined ? `-${name}` : `-${name}=${constant}`
      if (name === 'tags') {
        go.tags = [...(go.tags ?? []), ...tagsIn(constant ?? '')]
        ledger.carry(node, 'go.tags')
      } else if (name === 'trimpath') ledger.carry(node, 'nothing: gopack always builds with -trimpath')
      else if (name === 'a') {
        go.rebuild = true
        ledger.carry(node, 'go.rebuild')
      } else if (Object.hasOwn(refused, name)) ledger.leave(node, refused[name]!)
      else if (name === '') ledger.leave(node, 'it is no flag of `go build`')
      else {
        go.flags = [...(go.flags ?? []), flag]
        ledger.carry(node, 'go.flags')
      }
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error
      ledger.leave(node, error.message)
    }
  }
  return { go, ldflags }
}

const refused: Readonly<Record<string, string>> = {
  o: 'gopack decides where the program is written ("out" and "name")',
  n: '`gopack plan` shows what would be done',
  C: 'the folder is part of "main"',
  buildvcs: 'gopack stamps the commit wherever there is one',
}

interface Pair {
  readonly node: TextTree
  readonly name: string
  readonly value: string | undefined
  /** The entry the value stands in, where it is another. */
  readonly second?: TextTree
}

/** Flags of `go build` that stand alone. */
const alone = /^--?(a|n|v|x|race|msan|asan|cover|work|json|linkshared|modcacherw|trimpath|i)$/

/** `-tags=x`, or `-tags` and `x` as two entries. */
function pairs(nodes: readonly TextTree[]): Pair[] {
  const found: Pair[] = []
  // A single text is cut at its blanks (FlagArray), an entry of a list is not.
  const words = nodes.flatMap((node) =>
    node.path.endsWith(']') ? [{ node, text: node.text }] : node.text.split(/\s+/).map((text) => ({ node, text })),
  )
  for (let index = 0; index < words.length; index++) {
    const { node, text } = words[index]!
    if (text.trim() === '') continue
    const match = /^--?([A-Za-z]\w*)(?:=(.*))?$/s.exec(text)
    const next = words[index + 1]
    if (match === null) found.push({ node, name: '', value: text })
    else if (match[2] === undefined && !alone.test(text) && next !== undefined && !next.text.startsWith('-')) {
      found.push({ node, name: match[1]!, value: next.text, second: next.node })
      index++
    } else found.push({ node, name: match[1]!, value: match[2] })
  }
  return found
}

/** Tags are separated by commas, formerly by blanks. */
export const tagsIn = (text: string): string[] => text.split(/[\s,]+/).filter((tag) => tag !== '')
