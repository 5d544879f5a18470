import { quoteFlag, splitFlags } from '../../../build/compile/ldflags.ts'
import type { TextTree } from '../document.ts'
import type { Ledger } from '../ledger.ts'
import type { BuildTarget } from './targets.ts'
import { Untranslatable } from './template/nodes.ts'
import type { ScopeFacts } from './template/scope.ts'
import { translate } from './template/translate.ts'

/** What becomes of ldflags. */
export interface LinkFlags {
  /** As `go.ldflags` takes them, one flag an entry. */
  readonly ldflags: readonly string[]
  /** A Windows program without a console window. */
  readonly gui: boolean
  /** Whether `-s` and `-w` both stand there, as gopack has it by default. */
  readonly stripped: boolean
}

/** The settings ldflags come to. */
export function linkFlagsOf(
  nodes: readonly TextTree[],
  { facts, targets, ledger }: { facts: (node: TextTree) => ScopeFacts; targets: readonly BuildTarget[]; ledger: Ledger },
): LinkFlags {
  const kept: { readonly words: readonly string[]; readonly node: TextTree }[] = []
  let gui = false
  for (const node of nodes) {
    const found = flagsOfItem(node, facts(node), targets, ledger)
    gui ||= found.gui
    kept.push(...found.flags.map((words) => ({ words, node })))
  }
  const names = kept.map(({ words }) => words.join(' ').replace(/^--/, '-'))
  const stripped = names.includes('-s') && names.includes('-w')
  const ldflags = kept.flatMap(({ words, node }) => {
    const shown = words.join(' ')
    if (stripped && /^--?[sw]$/.test(shown)) {
      ledger.carry(node, 'nothing: gopack always strips', { value: shown })
      return []
    }
    const reason = refusal(shown)
    if (reason !== undefined) {
      ledger.leave(node, reason, shown)
      return []
    }
    try {
      const text = words.map(quoteFlag).join(' ')
      ledger.carry(node, 'go.ldflags', { value: shown })
      return [text]
    } catch {
      ledger.leave(node, 'it holds both kinds of quotes, which the go command cannot take', shown)
      return []
    }
  })
  return { ldflags, gui, stripped }
}

function refusal(flag: string): string | undefined {
  if (/^--?o(=| |$)/.test(flag)) return 'gopack decides where the program is written'
  if (/^--?buildid=?$/.test(flag))
    return 'gopack keeps the build ID: Go finds up-to-date programs by it, and with -trimpath it is the same everywhere'
  return undefined
}

/** The flags of one entry that are the same for all targets. */
function flagsOfItem(
  node: TextTree,
  facts: ScopeFacts,
  targets: readonly BuildTarget[],
  ledger: Ledger,
): { flags: string[][]; gui: boolean } {
  try {
    const perTarget = translate(node.text, facts, targets).map(({ out, target }) => ({ target, flags: grouped(splitFlags(out)) }))
    return common(perTarget, node, ledger)
  } catch (error) {
    if (!(error instanceof Untranslatable) && !isFlagError(error)) throw error
    return oneByOne(node, facts, targets, ledger, (error as Error).message)
  }
}

const isFlagError = (error: unknown): boolean => (error as { code?: string }).code === 'LDFLAGS_INVALID'

interface TargetFlags {
  readonly target: BuildTarget | undefined
  readonly flags: readonly string[][]
}

function common(perTarget: readonly TargetFlags[], node: TextTree, ledger: Ledger): { flags: string[][]; gui: boolean } {
  const isGui = (words: readonly string[]): boolean => /^--?H[= ]windowsgui$/.test(words.join(' '))
  const windows = perTarget.filter(({ target }) => target?.os === 'windows')
  const gui = windows.length > 0 && windows.every(({ flags }) => flags.some(isGui))
  if (gui) ledger.carry(node, 'go.gui', { value: '-H=windowsgui' })
  const rest = perTarget.map(({ target, flags }) => ({ target, flags: gui ? flags.filter((words) => !isGui(words)) : flags }))
  const holds = (flags: readonly string[][], words: readonly string[]): boolean =>
    flags.some((other) => other.join('\0') === words.join('\0'))
  const shared = rest[0]?.flags.filter((words) => rest.every(({ flags }) => holds(flags, words))) ?? []
  const others = new Map<string, string[]>()
  for (const { target, flags } of rest)
    for (const words of flags)
      if (!holds(shared, words)) others.set(words.join(' '), [...(others.get(words.join(' ')) ?? []), target?.gopack ?? ''])
  for (const [flag, where] of others)
    ledger.leave(
      node,
      `only for ${where.slice(0, 3).join(', ')}${where.length > 3 ? ', …' : ''}: a program has the same ldflags for all its targets`,
      flag,
    )
  return { flags: shared.map((words) => [...words]), gui }
}

/** Where the whole cannot be translated, what can be of it. */
function oneByOne(
  node: TextTree,
  facts: ScopeFacts,
  targets: readonly BuildTarget[],
  ledger: Ledger,
  reason: string,
): { flags: string[][]; gui: boolean } {
  // Of a template that does not end nobody can say what belongs to it.
  if (node.text.replaceAll(/\{\{.*?\}\}/gs, '').includes('{{')) {
    ledger.leave(node, reason)
    return { flags: [], gui: false }
  }
  const groups = grouped(templateWords(node.text))
  const results = groups.map((words) => {
    try {
      const perTarget = translate(words.map(requoted).join(' '), facts, targets).map(({ out, target }) => ({
        target,
        flags: grouped(splitFlags(out)),
      }))
      return { words, perTarget }
    } catch (error) {
      return { words, reason: (error as Error).message }
    }
  })
  // A condition that spans several flags leaves nothing to translate alone.
  if (results.every((result) => result.reason !== undefined)) {
    if (groups.length > 1 && groups.some((words) => /\{\{-?\s*(if|with|range|else|end)\b/.test(words.join(' ')))) ledger.leave(node, reason)
    else for (const result of results) ledger.leave(node, result.reason!, result.words.join(' '))
    return { flags: [], gui: false }
  }
  const found = results.map((result) => {
    if (result.reason !== undefined) ledger.leave(node, result.reason, result.words.join(' '))
    return result.perTarget === undefined ? { flags: [], gui: false } : common(result.perTarget, node, ledger)
  })
  return { flags: found.flatMap(({ flags }) => flags), gui: found.some(({ gui }) => gui) }
}

const requoted = (word: string): string =>
  /[\s'"]/.test(word.replaceAll(/\{\{.*?\}\}/gs, '')) || word === '' ? (word.includes("'") ? `"${word}"` : `'${word}'`) : word

/** As {@link splitFlags}, but blanks and quotes inside of `{{ }}` belong to the word. */
export function templateWords(text: string): string[] {
  const words: string[] = []
  const scan = /\s*(?:"((?:\{\{.*?\}\}|[^"])*)"|'((?:\{\{.*?\}\}|[^'])*)'|((?:\{\{.*?\}\}|\S)+))/gsy
  for (let match = scan.exec(text); match !== null; match = scan.exec(text)) words.push(match[1] ?? match[2] ?? match[3] ?? '')
  return words
}

/** Flags whose argument is the next word. */
const takesArgument =
  /^--?(X|H|T|R|I|r|L|B|extld|extldflags|linkmode|buildmode|buildid|k|E|installsuffix|libgcc|tmpdir|importcfg|packageshlib|pluginpath|benchmark|cpuprofile|memprofile|fipso|o|capturehostobjs|extar|randlayout|strictdups|memprofilerate|macho|macosx?)$/

function grouped(words: readonly string[]): string[][] {
  const flags: string[][] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!
    const next = words[index + 1]
    if (takesArgument.test(word) && next !== undefined) {
      flags.push([word, next])
      index++
    } else flags.push([word])
  }
  return flags
}
