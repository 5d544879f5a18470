export interface XmlProblem {
  readonly reason: string
  /** From 1. */
  readonly line: number
}

const token =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[[\s\S]*?\]\]>|<![A-Z][^>]*>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const strayAmpersand = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/

/**
 * Finds the first place where a text is not well-formed XML: tags that do not match, broken attributes, stray characters.
 * Enough for manifests; it is no validating parser. Undefined when all is well.
 */
export function checkXml(xml: string): XmlProblem | undefined {
  const open: string[] = []
  let roots = 0
  let position = 0
  const at = (reason: string): XmlProblem => ({ reason, line: xml.slice(0, position).split('\n').length })
  while (position < xml.length) {
    if (xml[position] !== '<') {
      const end = xml.indexOf('<', position)
      const text = xml.slice(position, end === -1 ? xml.length : end)
      if (open.length === 0 && text.replace('\ufeff', '').trim() !== '') return at('there is text outside the root element')
      if (strayAmpersand.test(text)) return at('a "&" is not written as "&amp;"')
      position += text.length
      continue
    }
    token.lastIndex = position
    const match = token.exec(xml)
    if (match === null) return at('a tag is broken')
    const [whole, closing, opening, attributes, empty] = match
    if (closing !== undefined && open.pop() !== closing) return at(`</${closing}> closes nothing`)
    if (opening !== undefined) {
      if (open.length === 0 && ++roots > 1) return at('there is more than one root element')
      if (strayAmpersand.test(attributes ?? '')) return at('a "&" is not written as "&amp;"')
      const names = [...(attributes ?? '').matchAll(/([\w:.-]+)\s*=\s*(?:"[^"]*"|'[^']*')/g)].map(([, name]) => name)
      if (new Set(names).size < names.length) return at(`<${opening}> has an attribute twice`)
      if (empty === '') open.push(opening)
    }
    position += whole.length
  }
  if (open.length > 0) return at(`<${open.at(-1)}> is never closed`)
  return roots === 0 ? at('there is no element in it') : undefined
}
