/** An element of an XML text in document order. */
export interface XmlElement {
  /** Without the namespace prefix. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** The text directly after the start tag, trimmed. */
  readonly text: string
  /** Names of the elements around it, outermost first. */
  readonly within: readonly string[]
}

const elementLimit = 10_000
const deepest = 64

/**
 * Lists the elements of an XML text; enough for application manifests, which use neither DTDs nor CDATA.
 * Runs in linear time over any input.
 * @throws an Error when the tags do not fit together.
 */
export function xmlElements(xml: string): readonly XmlElement[] {
  const elements: XmlElement[] = []
  const open: string[] = []
  let at = 0
  while ((at = xml.indexOf('<', at)) >= 0) {
    const comment = xml.startsWith('<!--', at)
    const close = xml.indexOf(comment ? '-->' : '>', at)
    if (close < 0) throw new Error('a tag has no end')
    const tag = xml.slice(at + 1, close)
    at = close + (comment ? 3 : 1)
    if (tag.startsWith('!') || tag.startsWith('?')) continue
    if (tag.startsWith('/')) {
      if (open.pop() !== localName(tag.slice(1).trim())) throw new Error(`</${tag.slice(1, 40)}> closes no open element`)
      continue
    }
    const name = localName(/^[^\s/]*/.exec(tag)![0])
    const next = xml.indexOf('<', at)
    const text = decode(xml.slice(at, next < 0 ? undefined : next)).trim()
    elements.push({ name, attributes: parseAttributes(tag), text: tag.endsWith('/') ? '' : text, within: [...open] })
    if (!tag.endsWith('/')) open.push(name)
    if (elements.length > elementLimit || open.length > deepest) throw new Error('it has too many elements')
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`)
  return elements
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

function parseAttributes(tag: string): Readonly<Record<string, string>> {
  const pairs = tag.matchAll(/\s([^\s=/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)
  return Object.fromEntries(Array.from(pairs, ([, name, double, single]) => [localName(name!), decode(double ?? single!)]))
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decode(text: string): string {
  return text.replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)
}
