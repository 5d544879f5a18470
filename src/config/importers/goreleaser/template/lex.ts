import { Untranslatable } from './nodes.ts'

/** A text, or the words of an action. */
export type Piece = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'action'; readonly words: readonly string[] }

/** Go trims these, and only these. */
const blanks = ' \t\r\n'

/**
 * Cuts a template of Go's text/template into texts and actions, trim markers done, comments gone.
 * @throws Untranslatable
 */
export function lexTemplate(template: string): Piece[] {
  const pieces: Piece[] = []
  let trimNext = false
  for (let rest = template; rest !== '';) {
    const open = rest.indexOf('{{')
    const text = open < 0 ? rest : rest.slice(0, open)
    const trimThis = open >= 0 && /^\{\{-[ \t\r\n]/.test(rest.slice(open, open + 4))
    pieces.push({ kind: 'text', text: trimmed(text, trimNext, trimThis) })
    if (open < 0) break
    const inner = rest.slice(open + 2 + (trimThis ? 1 : 0))
    const end = actionEnd(inner, template)
    const body = inner.slice(0, end)
    trimNext = /[ \t\r\n]-$/.test(body)
    const action = (trimNext ? body.slice(0, -1) : body).trim()
    if (!/^\/\*.*\*\/$/s.test(action)) pieces.push({ kind: 'action', words: wordsOf(action) })
    rest = inner.slice(end + 2)
  }
  return pieces.filter((piece) => piece.kind === 'action' || piece.text !== '')
}

function trimmed(text: string, left: boolean, right: boolean): string {
  let [start, end] = [0, text.length]
  if (left) while (start < end && blanks.includes(text[start]!)) start++
  if (right) while (end > start && blanks.includes(text[end - 1]!)) end--
  return text.slice(start, end)
}

/** Where `}}` closes the action: not inside a quoted text. */
function actionEnd(inner: string, template: string): number {
  const scan = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|\/\*.*?\*\/|\}\}/gs
  for (let match = scan.exec(inner); match !== null; match = scan.exec(inner)) if (match[0] === '}}') return match.index
  throw new Untranslatable(`the template ${JSON.stringify(template.slice(0, 60))} is not closed with }}`)
}

function wordsOf(action: string): string[] {
  const words: string[] = []
  const scan =
    /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|\$?[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*|\.[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*|\$|-?\d[\w.]*|:=|[().|=,]/uy
  while (scan.lastIndex < action.length) {
    const start = scan.lastIndex
    const match = scan.exec(action)
    if (match === null) throw new Untranslatable(`{{ ${action} }} cannot be read at ${JSON.stringify(action.slice(start, start + 10))}`)
    if (match[0].trim() !== '') words.push(match[0])
  }
  return words
}
