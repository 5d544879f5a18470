import { at, textAt, type MapTree } from '../document.ts'
import type { ImportContext } from '../types.ts'

/** What GoReleaser calls the project (internal/pipe/project): the key, the repository released to, the module, the remote. */
export function projectName(root: MapTree, context: ImportContext): string {
  const release = at(root, 'release')
  const named = [textAt(root, 'project_name'), ...['github', 'gitlab', 'gitea'].map((host) => textAt(at(release, host), 'name'))]
  const texts = named.flatMap((node) => (node === undefined || node.text === '' || node.text.includes('{{') ? [] : [node.text]))
  return texts[0] ?? context.modulePath.split('/').at(-1) ?? context.repository ?? 'app'
}
