import type { TextTree } from '../document.ts'
import type { Ledger } from '../ledger.ts'
import { isProgramName, programNameRule } from '../names.ts'
import type { BuildTarget } from './targets.ts'
import { Untranslatable } from './template/nodes.ts'
import type { ScopeFacts } from './template/scope.ts'
import { constantForAll, translate } from './template/translate.ts'

/** The name of a program: `binary`, else that of the project. */
export function programName(binary: TextTree | undefined, facts: ScopeFacts, targets: readonly BuildTarget[], ledger: Ledger): string {
  if (binary === undefined) return facts.projectName
  try {
    const whole = constantForAll(binary.text, facts, targets)
    const name = whole
      .split('/')
      .at(-1)!
      .replace(/\.exe$/i, '')
    if (!isProgramName(name)) throw new Untranslatable(programNameRule)
    ledger.carry(
      binary,
      'name',
      name === whole
        ? {}
        : { difference: `the program lies at the top of the archive, not in ${whole.split('/').slice(0, -1).join('/') || 'a folder'}` },
    )
    return name
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error
    const plain = withoutTarget(binary.text, facts, targets)
    if (plain === undefined) ledger.leave(binary, error.message)
    else ledger.carry(binary, 'name', { difference: `a program is called the same for all targets: ${plain}` })
    return plain ?? facts.projectName
  }
}

/** `yq_{{ .Os }}_{{ .Arch }}` → yq: what is left when system and architecture are taken out. */
function withoutTarget(template: string, facts: ScopeFacts, targets: readonly BuildTarget[]): string | undefined {
  if (!template.includes('{{')) return undefined
  try {
    const names = translate(template, facts, targets).map(({ pieces }) =>
      pieces
        .filter(({ taint }) => taint.size === 0)
        .map(({ known }) => (known === undefined ? '\0' : String(known)))
        .join(''),
    )
    const name = (names[0] ?? '')
      .split('/')
      .at(-1)!
      .replaceAll(/([-_.])[-_.]+/g, '$1')
      .replaceAll(/^[-_.]+|[-_.]+$/g, '')
    return names.every((other) => other === names[0]) && isProgramName(name) ? name : undefined
  } catch {
    return undefined
  }
}
