import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { configFileNames } from '../config/find.ts'
import { findGo, workspaceSetting } from '../go/environment.ts'
import { supportedTargets, targetName } from '../go/targets.ts'
import { readGitState } from '../project/git.ts'
import { moduleFolderOf } from '../project/module.ts'
import { findResources } from '../project/resource-files/find.ts'
import { checkGoVersion } from '../project/go-check.ts'
import { findMains, type MainPackage } from './programs.ts'
import { repositoryName } from './repository.ts'
import { betterName } from './settings.ts'
import { windowsTargets } from './supported-targets.ts'

/** What init found in the module; nothing was written. */
export interface ModuleView {
  /** Folder of go.mod (or go.work): where gopack.yaml belongs. */
  readonly folder: string
  /** Top level of the repository; absent without one. */
  readonly gitTop: string | undefined
  readonly mains: readonly MainPackage[]
  readonly onlyTarget: string | undefined
  /** Windows targets that could be built. */
  readonly windowsTargets: readonly string[]
  readonly repository: string | undefined
  /** An icon gopack finds by itself, relative to the folder. */
  readonly icon: string | undefined
  /** A configuration further up that the new one takes the place of, for this module. */
  readonly configAbove: string | undefined
  readonly goreleaser: string | undefined
}

/**
 * Looks at the module `cwd` lies in, whatever configuration it may have.
 * @throws NOT_A_MODULE, GO_MISSING, GO_TOO_OLD, GO_FAILED, GIT_OWNERSHIP, NO_MAIN_PACKAGE, RESOURCE_FILE_BROKEN
 */
export async function lookAtModule(cwd: string, signal?: AbortSignal): Promise<ModuleView> {
  const folder = moduleFolderOf(cwd)
  const [go, git, offered, repository] = await Promise.all([
    findGo(folder, signal),
    readGitState(folder, signal),
    supportedTargets(folder, signal),
    repositoryName(folder, signal),
  ])
  checkGoVersion(go, {}, folder)
  const workspace = workspaceSetting(go, git.top)
  const { mains, target } = await findMains(folder, go, workspace, signal)
  const onlyTarget = target.os === 'windows' ? undefined : targetName(target)
  const [first] = mains
  const name = betterName({ mains, onlyTarget, repository }) ?? first!.name
  const [resources, windows] = await Promise.all([
    mains.length === 1 ? findResources({ name, packageFolder: first!.folder, moduleFolder: first!.moduleFolder }) : undefined,
    onlyTarget === undefined
      ? windowsTargets(
          mains.map((main) => main.folder),
          go,
          workspace,
          offered,
          signal,
        )
      : [],
  ])
  return {
    folder,
    gitTop: git.top,
    mains,
    onlyTarget,
    windowsTargets: windows,
    repository,
    icon: resources?.icon === undefined ? undefined : relative(folder, resources.icon).replaceAll('\\', '/'),
    configAbove: configAbove(folder, git.top),
    goreleaser: firstOf(['.goreleaser.yaml', '.goreleaser.yml', 'goreleaser.yaml', 'goreleaser.yml'], [folder, git.top ?? folder]),
  }
}

function configAbove(folder: string, top: string | undefined): string | undefined {
  const between =
    top === undefined
      ? []
      : relative(top, folder)
          .split(/[\\/]/)
          .filter((part) => part !== '')
  return firstOf(configFileNames, between.map((_, index) => join(top!, ...between.slice(0, index))).reverse())
}

function firstOf(names: readonly string[], folders: readonly string[]): string | undefined {
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path))
}
