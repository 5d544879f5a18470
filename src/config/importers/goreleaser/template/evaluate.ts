import { templateFunctions, type Environment } from './functions.ts'
import { Untranslatable, type Operand, type Pipeline, type TemplateNode } from './nodes.ts'
import { isTruthy, literal, mixed, truth, type Taint, type Value } from './value.ts'

/** What a template can ask for, for one target. */
export interface TemplateScope {
  /** The value of `.Name`. @throws Untranslatable */
  readonly field: (name: string) => Value
  readonly environment: Environment
}

/**
 * Translates a template for one target, piece by piece.
 * @throws Untranslatable
 */
export function evaluate(nodes: readonly TemplateNode[], scope: TemplateScope): Value[] {
  return run(nodes, scope, undefined, new Set())
}

function run(nodes: readonly TemplateNode[], scope: TemplateScope, dot: Value | undefined, outer: ReadonlySet<Taint>): Value[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'text') return [{ ...literal(node.text), taint: outer }]
    const value = pipelineValue(node.pipeline, scope, dot)
    if (node.kind === 'action') return [{ ...value, taint: mixed([value, { taint: outer }]) }]
    const chosen = isTruthy(value, textOf(node.pipeline)) ? node.body : node.otherwise
    // Whichever branch is taken, what comes out depends on the condition.
    const taint = mixed([value, { taint: outer }])
    return run(chosen, scope, node.kind === 'with' && chosen === node.body ? value : dot, taint)
  })
}

function pipelineValue(pipeline: Pipeline, scope: TemplateScope, dot: Value | undefined): Value {
  let last: Value | undefined
  for (const command of pipeline) {
    const [first, ...rest] = command
    const before = last === undefined ? [] : [last]
    if (first?.kind === 'function') {
      const apply = Object.hasOwn(templateFunctions, first.name) ? templateFunctions[first.name] : undefined
      if (apply === undefined) throw new Untranslatable(`gopack has no {{ ${first.name} }}`)
      const args = [...rest.map((operand) => operandValue(operand, scope, dot)), ...before]
      if (args.length === 0) throw new Untranslatable(`{{ ${first.name} }} has no argument`)
      last = apply(args, scope.environment)
    } else {
      if (first === undefined || rest.length > 0 || before.length > 0) throw new Untranslatable(`{{ ${textOf(pipeline)} }} cannot be read`)
      last = operandValue(first, scope, dot)
    }
  }
  return last!
}

function operandValue(operand: Operand, scope: TemplateScope, dot: Value | undefined): Value {
  if (operand.kind === 'string' || operand.kind === 'number') return literal(operand.text)
  if (operand.kind === 'bool') return truth(operand.value)
  if (operand.kind === 'group') return pipelineValue(operand.pipeline, scope, dot)
  if (operand.kind === 'dot') {
    if (dot === undefined) throw new Untranslatable('{{ . }} stands outside of a {{ with }}')
    return dot
  }
  if (operand.kind === 'function') return pipelineValue([[operand]], scope, dot)
  const [name = '', ...more] = operand.names
  if (name !== 'Env') {
    if (more.length > 0) throw new Untranslatable(`gopack has no placeholder for {{ .${operand.names.join('.')} }}`)
    return scope.field(name)
  }
  if (more.length === 0) return { out: '', taint: new Set(), isEnvironment: true }
  return scope.environment(more.join('.'))!
}

function textOf(pipeline: Pipeline): string {
  const words = (command: readonly Operand[]): string => command.map(wordOf).join(' ')
  return pipeline.map(words).join(' | ')
}

function wordOf(operand: Operand): string {
  if (operand.kind === 'field') return `.${operand.names.join('.')}`
  if (operand.kind === 'string') return JSON.stringify(operand.text)
  if (operand.kind === 'number') return operand.text
  if (operand.kind === 'bool') return String(operand.value)
  if (operand.kind === 'function') return operand.name
  return operand.kind === 'dot' ? '.' : `(${textOf(operand.pipeline)})`
}
