import type { TextTree } from '../document.ts'
import type { Ledger } from '../ledger.ts'
import type { BuildTarget } from './targets.ts'
import { Untranslatable } from './template/nodes.ts'
import type { ScopeFacts } from './template/scope.ts'
import { sample, translate, type Translation } from './template/translate.ts'
import type { Value } from './template/value.ts'

/** The name of archives there is when none is given (internal/pipe/archive/archive.go). */
export const standardName =
  '{{ .ProjectName }}_{{ .Version }}_{{ .Os }}_{{ .Arch }}{{ with .Arm }}v{{ . }}{{ end }}{{ with .Mips }}_{{ . }}{{ end }}{{ if not (eq .Amd64 "v1") }}{{ .Amd64 }}{{ end }}'

export interface NameRequest {
  readonly node: TextTree | undefined
  readonly facts: ScopeFacts
  /** What {name} stands for. */
  readonly program: string
  readonly targets: readonly BuildTarget[]
  readonly ledger: Ledger
}

/** `archive.name`: the same for every target, else the nearest there is; where that would not do, none, and it is listed. */
export function archiveName({ node, facts, program, targets, ledger }: NameRequest): string | undefined {
  const notes: string[] = []
  let translations: Translation[]
  try {
    translations = translate(node?.text ?? standardName, { ...facts, note: (text) => void notes.push(text) }, targets)
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error
    if (node !== undefined) ledger.leave(node, error.message)
    return undefined
  }
  const exact = new Set(translations.map(({ out }) => out))
  const [template = '', ...others] = exact.size === 1 ? exact : new Set(translations.map(({ pieces }) => general(pieces)))
  const problem =
    others.length > 0 ? 'it differs between targets in a way one template cannot say' : problemWith(template, program, targets)
  if (problem !== undefined) {
    if (node !== undefined) ledger.leave(node, problem)
    return undefined
  }
  const differing = translations.filter(({ out, target }) => sample(out, program, target) !== gopackName(template, program, target))
  const differences = [...notes, ...(differing.length === 0 ? [] : [difference(differing, template, program)])]
  if (node !== undefined) ledger.carry(node, 'archive.name', differences.length === 0 ? {} : { difference: differences.join('; ') })
  return template
}

/** What depends on the target becomes the placeholder for it, whatever form it had. */
function general(pieces: readonly Value[]): string {
  let out = ''
  let before = ''
  for (const { out: piece, taint } of pieces) {
    const placeholder = taint.has('arch') ? '{arch}' : taint.has('os') ? '{os}' : taint.has('variant') ? '' : undefined
    if (piece === '') continue
    if (placeholder === undefined) out += piece
    else if (placeholder !== before) out += placeholder
    before = placeholder ?? ''
  }
  return out
}

/** gopack puts the variant behind a name that does not have it (src/build/archive/plan.ts). */
function gopackName(template: string, program: string, target: BuildTarget | undefined): string {
  const variant = target?.named === true && !template.includes('{variant}') ? `_${target.variant}` : ''
  return `${sample(template, program, target)}${variant}`
}

function problemWith(template: string, program: string, targets: readonly BuildTarget[]): string | undefined {
  const names = targets.map((target) => gopackName(template, program, target))
  const wrong = names.find((name) => !/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(name))
  if (wrong !== undefined) return `"${wrong}" cannot be a file name on every system`
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  return twice === undefined ? undefined : `two targets would have an archive called ${twice}`
}

function difference(differing: readonly Translation[], template: string, program: string): string {
  const [{ out, target }] = differing as [Translation]
  const more = differing.length > 1 ? ` and ${differing.length - 1} more` : ''
  return `for ${target?.gopack ?? 'all'}${more} it is ${gopackName(template, program, target)}, not ${sample(out, program, target)}`
}
