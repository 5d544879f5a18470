import type { Config } from '../../schema/index.ts'
import { at, isTrue, itemsOf, textAt, type TextTree, type Tree } from '../document.ts'
import type { Ledger } from '../ledger.ts'
import type { BuildTarget } from './targets.ts'
import { isShell, shellWords } from './shell-words.ts'
import { templateWords } from './link-flags.ts'
import { Untranslatable } from './template/nodes.ts'
import type { ScopeFacts } from './template/scope.ts'
import { translate, translateForAll } from './template/translate.ts'

export type Hook = NonNullable<NonNullable<Config['hooks']>['before']>[number]

const resourceTools = /(^|[/\\@])(go-winres|goversioninfo|rsrc|windres)\b/

/** `before.hooks`: they run once, before everything. */
export function beforeHooks(list: Tree | undefined, facts: ScopeFacts, ledger: Ledger): Hook[] {
  return itemsOf(list).flatMap((item) => {
    const command = item.kind === 'text' ? item : textAt(item, 'cmd')
    if (command === undefined) return []
    if (item.kind === 'map' && !isPlain(item, ledger)) return []
    const words = commandOf(command, [undefined], facts, ledger)
    if (words === undefined) return []
    ledger.carry(command, 'hooks.before')
    return [words]
  })
}

/** `builds.hooks.pre`: they run once for each target. */
export function preHooks(list: Tree | undefined, targets: readonly BuildTarget[], facts: ScopeFacts, ledger: Ledger): Hook[] {
  return itemsOf(list).flatMap((item) => {
    const command = item.kind === 'text' ? item : textAt(item, 'cmd')
    if (command === undefined) return []
    if (item.kind === 'map' && !isPlain(item, ledger)) return []
    const words = commandOf(command, targets, facts, ledger)
    if (words === undefined || targets.length === 0) return []
    ledger.carry(command, 'hooks.before', { difference: 'it runs for each target, but before the first one is compiled' })
    return [{ run: words, targets: targets.map(({ gopack }) => gopack) }]
  })
}

/** A hook with a folder or an environment of its own has no counterpart. */
function isPlain(hook: Tree, ledger: Ledger): boolean {
  const output = at(hook, 'output')
  if (output !== undefined)
    ledger.carry(output, isTrue(output) ? 'nothing: what hooks print is always shown' : 'nothing: what hooks print is shown')
  const own = ['dir', 'env', 'if'].map((key) => at(hook, key)).filter((node) => node !== undefined)
  if (own.length === 0) return true
  for (const node of own) ledger.leave(node, 'a hook of gopack runs beside gopack.yaml, in the environment gopack is started in')
  const command = at(hook, 'cmd')
  if (command !== undefined) ledger.leave(command, `it needs its "${own[0]!.path.replace(/^.*\./, '')}"`)
  return false
}

function commandOf(node: TextTree, targets: readonly (BuildTarget | undefined)[], facts: ScopeFacts, ledger: Ledger): string[] | undefined {
  const reason = (text: string): undefined => void ledger.leave(node, text)
  const plain = shellWords(withoutTemplates(node.text))
  if (plain === undefined || plain.length === 0) return reason(forShell)
  if (isShell(plain)) return reason(forShell)
  if (resourceTools.test(plain.slice(0, 3).join(' ')))
    return reason('gopack writes icon, version information and manifest itself; import the file it reads with --from')
  try {
    const outs = translate(node.text, facts, targets).map(({ out }) => shellWords(out) ?? [])
    const first = outs[0] ?? []
    if (outs.every((words) => words.join('\0') === first.join('\0'))) return first
    return [...templateWords(node.text)].map((word) => translateForAll(word, facts, targets))
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error
    return reason(error.message)
  }
}

const forShell =
  'it is written for a shell, and gopack starts programs with arguments: put it into a script and name that under hooks.before'

const withoutTemplates = (text: string): string => text.replaceAll(/\{\{.*?\}\}/gs, 'x')
