/** A word of an action: what Go's text/template calls an operand. */
export type Operand =
  | { readonly kind: 'field'; readonly names: readonly string[] }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'dot' }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'group'; readonly pipeline: Pipeline }

/** `title .Os | tolower`: commands, the result of each being the last argument of the next. */
export type Pipeline = readonly (readonly Operand[])[]

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'with'
      readonly pipeline: Pipeline
      readonly body: readonly TemplateNode[]
      readonly otherwise: readonly TemplateNode[]
    }

/** A template that cannot be said in gopack's own; the message is the reason. */
export class Untranslatable extends Error {}
