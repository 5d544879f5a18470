import { lexTemplate, type Piece } from './lex.ts'
import { Untranslatable, type Operand, type Pipeline, type TemplateNode } from './nodes.ts'

/**
 * Parses a template of Go's text/template as far as GoReleaser's configurations use it: fields, functions, pipes, if, with.
 * @throws Untranslatable
 */
export function parseTemplate(template: string): TemplateNode[] {
  const pieces = lexTemplate(template)
  const cursor = { index: 0 }
  const { nodes, end } = parseList(pieces, cursor)
  if (end !== undefined) throw new Untranslatable(`{{ ${end.join(' ')} }} stands without its {{ if }}`)
  return nodes
}

interface Cursor {
  index: number
}

/** Nodes up to `else` or `end`, which is given back. */
function parseList(pieces: readonly Piece[], cursor: Cursor): { nodes: TemplateNode[]; end: readonly string[] | undefined } {
  const nodes: TemplateNode[] = []
  while (cursor.index < pieces.length) {
    const piece = pieces[cursor.index++]!
    if (piece.kind === 'text') {
      nodes.push(piece)
      continue
    }
    const [first = '', ...rest] = piece.words
    if (first === 'end' || first === 'else') return { nodes, end: piece.words }
    if (first === 'if' || first === 'with') nodes.push(parseBranch(first, rest, pieces, cursor))
    else if (['range', 'define', 'template', 'block', 'break', 'continue'].includes(first))
      throw new Untranslatable(`gopack has no {{ ${first} }}`)
    else nodes.push({ kind: 'action', pipeline: parsePipeline(piece.words) })
  }
  return { nodes, end: undefined }
}

function parseBranch(kind: 'if' | 'with', condition: readonly string[], pieces: readonly Piece[], cursor: Cursor): TemplateNode {
  const pipeline = parsePipeline(condition)
  const { nodes: body, end } = parseList(pieces, cursor)
  if (end === undefined) throw new Untranslatable(`{{ ${kind} ${condition.join(' ')} }} has no {{ end }}`)
  if (end[0] === 'end') return { kind, pipeline, body, otherwise: [] }
  const [, next, ...more] = end
  if (next === 'if' || next === 'with') return { kind, pipeline, body, otherwise: [parseBranch(next, more, pieces, cursor)] }
  const { nodes: otherwise, end: last } = parseList(pieces, cursor)
  if (last?.[0] !== 'end') throw new Untranslatable(`{{ ${kind} ${condition.join(' ')} }} has no {{ end }}`)
  return { kind, pipeline, body, otherwise }
}

function parsePipeline(words: readonly string[]): Pipeline {
  const cursor = { index: 0 }
  const pipeline = parseCommands(words, cursor)
  if (cursor.index < words.length) throw new Untranslatable(`{{ ${words.join(' ')} }} has a ) too many`)
  return pipeline
}

function parseCommands(words: readonly string[], cursor: Cursor): Pipeline {
  const commands: Operand[][] = [[]]
  for (; cursor.index < words.length; cursor.index++) {
    const word = words[cursor.index]!
    if (word === ')') break
    if (word === '|') commands.push([])
    else if (word === '(') {
      cursor.index++
      const pipeline = parseCommands(words, cursor)
      if (words[cursor.index] !== ')') throw new Untranslatable(`{{ ${words.join(' ')} }} lacks a )`)
      commands.at(-1)!.push({ kind: 'group', pipeline })
    } else commands.at(-1)!.push(operand(word, words))
  }
  if (commands.some((command) => command.length === 0)) throw new Untranslatable(`{{ ${words.join(' ')} }} is not complete`)
  return commands
}

function operand(word: string, words: readonly string[]): Operand {
  if (word.startsWith('"')) return { kind: 'string', text: unquote(word) }
  if (word.startsWith('`')) return { kind: 'string', text: word.slice(1, -1) }
  if (word === '.') return { kind: 'dot' }
  if (word.startsWith('$.') || word.startsWith('.')) return { kind: 'field', names: word.replace(/^\$?\./, '').split('.') }
  if (word === 'true' || word === 'false') return { kind: 'bool', value: word === 'true' }
  if (/^-?\d/.test(word)) return { kind: 'number', text: word }
  if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(word)) return { kind: 'function', name: word }
  throw new Untranslatable(`gopack has no variables in templates ({{ ${words.join(' ')} }})`)
}

function unquote(word: string): string {
  try {
    return JSON.parse(word) as string
  } catch {
    throw new Untranslatable(`${word} has an escape gopack does not know`)
  }
}
