import { secretWords } from '../templates.ts'
import type { Tree } from './document.ts'
import { escaped } from './escape.ts'
import type { Carried, Left } from './types.ts'

/** What became of each key of a source: nothing may be missing in the end. */
export interface Ledger {
  /** The node, with all below it, is carried over. @param value where only a part of it is meant */
  readonly carry: (node: Tree, to: string, more?: { readonly difference?: string | undefined; readonly value?: string }) => void
  /** The node, with all below it, is not carried over. */
  readonly leave: (node: Tree, reason: string, value?: string) => void
  /** Something that stands in no node. */
  readonly leaveLine: (line: number, key: string, value: string, reason: string) => void
  /** Lists everything that was not spoken of. */
  readonly close: (root: Tree, reason: (node: Tree) => string) => { readonly carried: Carried[]; readonly left: Left[] }
}

export function openLedger(file: string): Ledger {
  const spokenOf = new Set<string>()
  const carried: Carried[] = []
  const left: Left[] = []
  const ledger: Ledger = {
    carry: (node, to, { difference, value } = {}) => {
      spokenOf.add(node.path)
      const entry = { file, line: node.line, key: escaped(node.path), value: escaped(value ?? shownValue(node)), to: escaped(to) }
      carried.push(difference === undefined ? entry : { ...entry, difference: escaped(difference) })
    },
    leave: (node, reason, value) => {
      spokenOf.add(node.path)
      const lastLine = node.kind !== 'text' && node.lastLine > node.line ? { lastLine: node.lastLine } : {}
      left.push({ file, line: node.line, ...lastLine, ...texts(node.path, value ?? shownValue(node), reason) })
    },
    leaveLine: (line, key, value, reason) => void left.push({ file, line, ...texts(key, value, reason) }),
    close: (root, reason) => {
      for (const node of silent(root, spokenOf)) {
        if (isEmpty(node)) ledger.carry(node, 'nothing: it is empty')
        else ledger.leave(node, reason(node))
      }
      return { carried: byLine(carried), left: byLine(left) }
    },
  }
  return ledger
}

const texts = (key: string, value: string, reason: string): Pick<Left, 'key' | 'value' | 'reason'> => ({
  key: escaped(key),
  value: escaped(value),
  reason: escaped(reason),
})

/** The topmost nodes nobody spoke of, above or below. */
function* silent(node: Tree, spokenOf: ReadonlySet<string>): Generator<Tree> {
  if (spokenOf.has(node.path)) return
  const children = node.kind === 'map' ? [...node.entries.values()] : node.kind === 'list' ? node.items : []
  if (node.path !== '' && !children.some((child) => isSpokenOf(child, spokenOf))) yield node
  else for (const child of children) yield* silent(child, spokenOf)
}

function isSpokenOf(node: Tree, spokenOf: ReadonlySet<string>): boolean {
  if (spokenOf.has(node.path)) return true
  const children = node.kind === 'map' ? [...node.entries.values()] : node.kind === 'list' ? node.items : []
  return children.some((child) => isSpokenOf(child, spokenOf))
}

const isEmpty = (node: Tree): boolean =>
  node.kind === 'map' ? node.entries.size === 0 : node.kind === 'list' ? node.items.length === 0 : node.text.trim() === ''

/** What stands once and is used by several keys (an anchor) is told once. */
function byLine<T extends Carried | Left>(entries: readonly T[]): T[] {
  const seen = new Set<string>()
  const once = entries.filter((entry) => {
    const last = entry.key.replaceAll(/^.*\./g, '')
    const about = 'reason' in entry ? entry.reason : `${entry.to} ${entry.difference ?? ''}`
    const id = JSON.stringify([entry.line, last, entry.value, about])
    return seen.has(id) ? false : seen.add(id)
  })
  return once.sort((a, b) => a.line - b.line)
}

const secret = new RegExp(secretWords.join('|'), 'i')

/** One line that shows what stands there; never a password that stands there in the open. */
export function shownValue(node: Tree): string {
  if (node.kind === 'map') return `{${[...node.entries.keys()].join(', ')}}`
  if (node.kind === 'list') return `[${node.items.map(shownValue).join(', ')}]`.slice(0, 160)
  const key = node.path.replace(/^.*\./, '')
  if (secret.test(key) && node.text !== '' && !node.text.includes('{{')) return '***'
  const line = node.text.trim().replaceAll(/\s*\n\s*/g, ' ')
  return line.length > 160 ? `${line.slice(0, 159)}…` : line
}
