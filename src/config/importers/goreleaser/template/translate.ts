import type { BuildTarget } from '../targets.ts'
import { evaluate } from './evaluate.ts'
import { parseTemplate } from './parse.ts'
import { Untranslatable } from './nodes.ts'
import { scopeFor, type ScopeFacts } from './scope.ts'
import type { Taint, Value } from './value.ts'

/** A template for one target. */
export interface Translation {
  readonly target: BuildTarget | undefined
  readonly pieces: readonly Value[]
  /** The template of gopack that says the same for this target. */
  readonly out: string
}

/**
 * Translates a template for each target, or once where no target is in play.
 * @throws Untranslatable
 */
export function translate(template: string, facts: ScopeFacts, targets: readonly (BuildTarget | undefined)[]): Translation[] {
  if (!template.includes('{{')) {
    const out = template.replaceAll('{', '{{').replaceAll('}', '}}')
    return targets.map((target) => ({ target, pieces: [{ known: template, out, taint: new Set<Taint>() }], out }))
  }
  try {
    const nodes = parseTemplate(template)
    return targets.map((target) => {
      const pieces = evaluate(nodes, scopeFor(facts, target))
      return { target, pieces, out: pieces.map(({ out }) => out).join('') }
    })
  } catch (error) {
    if (error instanceof RangeError) throw new Untranslatable('the template is nested too deeply')
    throw error
  }
}

/**
 * One template for all targets.
 * @throws Untranslatable where the targets differ
 */
export function translateForAll(template: string, facts: ScopeFacts, targets: readonly (BuildTarget | undefined)[]): string {
  const outs = new Set(translate(template, facts, targets).map(({ out }) => out))
  if (outs.size > 1) throw new Untranslatable('it differs between targets, and a program has one setting for all of them')
  return [...outs][0] ?? ''
}

/**
 * A text that is known before a build and the same for all targets: for settings that are no templates.
 * @throws Untranslatable
 */
export function constantForAll(template: string, facts: ScopeFacts, targets: readonly (BuildTarget | undefined)[]): string {
  const texts = translate(template, facts, targets).map(({ pieces }) => {
    const open = pieces.find(({ known }) => known === undefined)
    if (open !== undefined) throw new Untranslatable(`this setting is no template in gopack (${open.out})`)
    return pieces.map(({ known }) => String(known)).join('')
  })
  if (new Set(texts).size > 1) throw new Untranslatable('it differs between targets, and a program has one setting for all of them')
  return texts[0] ?? ''
}

/** The text of a translation with sample values put in, to compare names. */
export function sample(out: string, name: string, target: BuildTarget | undefined): string {
  const values: Readonly<Record<string, string>> = {
    name,
    version: '1.2.3',
    tag: 'v1.2.3',
    commit: 'COMMIT',
    date: 'DATE',
    os: target?.os ?? '',
    arch: target?.arch ?? '',
    variant: target?.named === true ? target.variant : '',
  }
  return out.replaceAll(/\{\{|\}\}|\{([\w.]+)\}/g, (whole, key: string | undefined) =>
    key === undefined ? whole[0]! : (values[key] ?? key),
  )
}
