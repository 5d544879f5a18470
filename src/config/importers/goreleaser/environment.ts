import type { Config } from '../../schema/index.ts'
import type { TextTree } from '../document.ts'
import type { Ledger } from '../ledger.ts'
import type { BuildTarget } from './targets.ts'
import { Untranslatable } from './template/nodes.ts'
import type { ScopeFacts } from './template/scope.ts'
import { constantForAll, translate, translateForAll } from './template/translate.ts'
import type { Value } from './template/value.ts'

type GoConfig = NonNullable<Config['go']>

export interface EnvironmentSettings {
  readonly go: Pick<GoConfig, 'cgo' | 'env' | 'version' | 'flags' | 'tags'>
}

/** `NAME=value`, the value with the variables of Go's os.ExpandEnv put as templates. */
function pairOf(node: TextTree): { readonly name: string; readonly value: string } | undefined {
  const cut = node.text.indexOf('=')
  if (cut <= 0) return undefined
  const value = node.text
    .slice(cut + 1)
    .replaceAll(/\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g, (_, braced?: string, bare?: string) => `{{ .Env.${braced ?? bare} }}`)
  return { name: node.text.slice(0, cut), value }
}

/** What the configuration sets itself, for `{{ .Env.NAME }}`: as far as it can be said, and is the same for every target. */
export function variablesOf(nodes: readonly TextTree[], facts: ScopeFacts): Map<string, Value> {
  const found = new Map<string, Value>(facts.variables)
  for (const node of nodes) {
    const pair = pairOf(node)
    if (pair === undefined) continue
    try {
      const [only] = translate(pair.value, { ...facts, variables: found }, [undefined])
      const known = only!.pieces.every((piece) => piece.known !== undefined)
        ? { known: only!.pieces.map((piece) => String(piece.known)).join('') }
        : {}
      found.set(pair.name, { ...known, out: only!.out, taint: new Set() })
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error
    }
  }
  return found
}

/** The settings that come of a list of variables. */
export function environmentOf(
  nodes: readonly TextTree[],
  { facts, targets, ledger }: { facts: (node: TextTree) => ScopeFacts; targets: readonly BuildTarget[]; ledger: Ledger },
): EnvironmentSettings['go'] {
  const go: EnvironmentSettings['go'] = {}
  for (const node of nodes) {
    try {
      const pair = pairOf(
        node.text.split('=', 1)[0]!.includes('{{') ? { ...node, text: translateForAll(node.text, facts(node), targets) } : node,
      )
      if (pair === undefined) {
        ledger.leave(node, 'it is not of the form NAME=value')
        continue
      }
      set(go, pair.name, pair.value, { node, facts: facts(node), targets, ledger })
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error
      ledger.leave(node, error.message)
    }
  }
  return go
}

interface Setting {
  readonly node: TextTree
  readonly facts: ScopeFacts
  readonly targets: readonly BuildTarget[]
  readonly ledger: Ledger
}

function set(go: EnvironmentSettings['go'], name: string, value: string, { node, facts, targets, ledger }: Setting): void {
  const upper = name.toUpperCase()
  if (Object.hasOwn(instead, upper)) return ledger.leave(node, instead[upper]!)
  const constant = (): string => constantForAll(value, facts, targets)
  if (upper === 'CGO_ENABLED') {
    const on = constant() === '1'
    go.cgo = on ? 'on' : 'off'
    return ledger.carry(node, 'go.cgo')
  }
  if (upper === 'GO111MODULE') {
    if (['on', ''].includes(constant())) return ledger.carry(node, 'nothing: Go is always in module mode')
    return ledger.leave(node, 'gopack builds modules only')
  }
  if (upper === 'GOTOOLCHAIN') {
    const version = /^go(\d+\.\d+(?:\.\d+)?)$/.exec(constant())?.[1]
    if (version === undefined) return ledger.leave(node, 'gopack uses the Go on PATH, or the one go.version names')
    go.version = version
    return ledger.carry(node, 'go.version')
  }
  if (upper === 'GOFLAGS') {
    const flags = constant()
      .split(/\s+/)
      .filter((flag) => flag !== '' && flag !== '-trimpath')
    go.flags = [...(go.flags ?? []), ...flags]
    return ledger.carry(node, 'go.flags')
  }
  go.env = { ...go.env, [name]: translateForAll(value, facts, targets) }
  return ledger.carry(node, 'go.env')
}

const byTarget = 'gopack sets it from the target; name the variant under "targets"'

/** Variables gopack decides itself (src/config/go-rules.ts), and why. */
const instead: Readonly<Record<string, string>> = {
  GOOS: byTarget,
  GOARCH: byTarget,
  GOAMD64: byTarget,
  GO386: byTarget,
  GOARM: byTarget,
  GOARM64: byTarget,
  GOMIPS: byTarget,
  GOMIPS64: byTarget,
  GOPPC64: byTarget,
  GORISCV64: byTarget,
  GOWASM: byTarget,
  GOWORK: 'gopack finds a go.work inside the repository itself',
  GOENV: 'gopack reads no settings from a file of the machine; set what it holds under go.env',
}
