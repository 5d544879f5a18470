import { isNode, isScalar, visit, type Alias, type Document, type Node } from 'yaml'

/** Something YAML allows and a configuration has no use for. */
export interface Trouble {
  /** Of the character where it stands, from 0. */
  readonly offset: number
  readonly message: string
}

const depthLimit = 100
const valueLimit = 100_000
const aliasLimit = 1000

/** The first of: aliases that name nothing, themselves or far too much, keys that are no text, bottomless nesting. */
export function troubleIn(document: Document.Parsed): Trouble | undefined {
  let found: Trouble | undefined
  const sizes = new Map<Node, number>()
  let total = 0
  let aliases = 0
  const stop = (node: unknown, message: string): symbol => {
    found = { offset: (isNode(node) ? node.range?.[0] : undefined) ?? 0, message }
    return visit.BREAK
  }
  visit(document, {
    Alias: (_key, alias, path) => {
      // Each look-up reads the document once.
      if (++aliases > aliasLimit) return stop(alias, `there are more than ${aliasLimit} aliases`)
      const target = alias.resolve(document)
      if (target === undefined) return stop(alias, `no anchor "&${alias.source}" stands before this alias`)
      if (path.includes(target)) return stop(alias, `the alias *${alias.source} stands for something it is a part of`)
      total += sizeOf(target, document, sizes)
      return total > valueLimit ? stop(alias, 'the aliases stand for far more values than a configuration has') : undefined
    },
    Collection: (_key, collection, path) =>
      path.length > 2 * depthLimit ? stop(collection, 'the groups and lists in it are nested too deeply') : undefined,
    Pair: (_key, { key }) => (key === null || isScalar(key) ? undefined : stop(key, 'a key must be plain text, not a list or a group')),
  })
  return found
}

/** How many values a node comes to when its aliases are followed. An alias names only what stands before it, so this ends. */
function sizeOf(node: Node, document: Document.Parsed, known: Map<Node, number>): number {
  const before = known.get(node)
  if (before !== undefined) return before
  let size = 1
  visit(node, {
    Alias: (_key, alias: Alias) => {
      const target = alias.resolve(document)
      size += target === undefined ? 0 : sizeOf(target, document, known)
    },
    Scalar: () => void size++,
  })
  known.set(node, size)
  return size
}

/** Where a text has opened too many brackets, roughly (quotes are not looked at): the parser gives no place when it gives up. */
export function deepPlace(text: string): number {
  let depth = 0
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    depth += '[{'.includes(bracket) ? 1 : -1
    if (depth > depthLimit) return index
  }
  return 0
}
