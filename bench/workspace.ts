import { checkSameArchives } from './archives.ts'
import { copyModule, type ModuleName } from './modules.ts'
import type { Packager } from './packager.ts'
import { goreleaser } from './packagers/goreleaser.ts'
import { gopack } from './packagers/gopack.ts'
import { shellLoop } from './packagers/shell-loop.ts'
import type { Setting } from './setting.ts'

/** One module, with a copy and caches for each packager. */
export type Workspace = Readonly<Record<'gopack' | 'shellLoop' | 'goreleaser', Packager>>

/** Builds with each packager once, from nothing: this warms the system's caches, and shows that all make the same archives. */
export async function makeWorkspace(name: ModuleName, setting: Setting): Promise<Workspace> {
  const folder = setting.folder(name)
  const request = (packager: string): Parameters<typeof gopack>[0] => ({ name, folder: `${folder}/${packager}`, setting })
  const workspace: Workspace = {
    gopack: gopack(request('gopack')),
    shellLoop: await shellLoop(request('shell-loop')),
    goreleaser: await goreleaser(request('goreleaser')),
  }
  const packagers = Object.values(workspace)
  for (const packager of packagers) {
    setting.progress(`${name}: first build with ${packager.name}`)
    await copyModule(name, packager.tree)
    await packager.build()
  }
  await checkSameArchives(packagers)
  return workspace
}
