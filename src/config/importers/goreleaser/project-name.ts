import { at, textAt, type MapTree } from '../document.ts'
import type { Ledger } from '../ledger.ts'
import { isProgramName, programNameRule } from '../names.ts'
import type { ImportContext } from '../types.ts'
import { Untranslatable } from './template/nodes.ts'
import type { ScopeFacts } from './template/scope.ts'
import { constantForAll } from './template/translate.ts'

/** What GoReleaser calls the project where no key says it (internal/pipe/project): the repository released to, the module, the remote. */
export function standardProjectName(root: MapTree, context: ImportContext): string {
  const release = at(root, 'release')
  const names = [
    ...['github', 'gitlab', 'gitea'].map((host) => textAt(at(release, host), 'name')?.text),
    context.modulePath.split('/').at(-1),
    context.repository,
  ]
  return names.find((name) => name !== undefined && isProgramName(name)) ?? 'app'
}

/** What GoReleaser calls the project; a `project_name` that gopack cannot have is listed. */
export function projectName(root: MapTree, facts: ScopeFacts, ledger: Ledger): string {
  const node = textAt(root, 'project_name')
  if (node === undefined || node.text === '') return facts.projectName
  try {
    const name = constantForAll(node.text, facts, [undefined])
    if (!isProgramName(name)) throw new Untranslatable(programNameRule)
    ledger.carry(node, 'name')
    return name
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error
    ledger.leave(node, error.message)
    return facts.projectName
  }
}
