import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { configFileNames } from '../config/find.ts'
import { workspaceSetting } from '../go/environment.ts'
import type { ProvisionListener } from '../go/provision/types.ts'
import { targetName, type SupportedTarget } from '../go/targets.ts'
import { chooseGo } from '../project/choose-go.ts'
import { readGitState, type GitState } from '../project/git.ts'
import { moduleFolderOf } from '../project/module.ts'
import { findResources } from '../project/resource-files/find.ts'
import { versionTags } from '../project/tags.ts'
import { findMains, type MainPackage } from './programs.ts'
import { repositoryName } from './repository.ts'
import { betterName } from './settings.ts'
import { findGoReleaser } from './sources.ts'
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
  /** A configuration of GoReleaser at the top of the repository, above the module. */
  readonly goreleaserAbove: string | undefined
  /** Of the first main package's module. */
  readonly modulePath: string
  readonly goVersion: string
  /** What this Go can build for. */
  readonly offered: readonly SupportedTarget[]
  /** What git tags begin with before the number. */
  readonly tagStart: string
  /** Environment of the go command. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/**
 * Looks at the module `cwd` lies in, whatever configuration it may have.
 * @throws NOT_A_MODULE, GO_MISSING, GO_TOO_OLD, GO_FAILED, GIT_OWNERSHIP, NO_MAIN_PACKAGE, RESOURCE_FILE_BROKEN
 */
export async function lookAtModule(cwd: string, signal?: AbortSignal, listener?: ProvisionListener): Promise<ModuleView> {
  const folder = moduleFolderOf(cwd)
  const [{ go, supported }, git, repository] = await Promise.all([
    chooseGo({ cwd: folder, moduleFolder: folder, config: {}, signal, listener }),
    readGitState(folder, signal),
    repositoryName(folder, signal),
  ])
  const offered = await supported
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
    goreleaserAbove: git.top === undefined || git.top === folder ? undefined : findGoReleaser(git.top),
    modulePath: modulePathOf(folder) ?? first!.modulePath,
    goVersion: go.version,
    offered,
    tagStart: tagStart(git),
    environment: { ...go.environment, GOWORK: workspace },
  }
}

/** The module that lies at the folder itself: others below it have names of their own. */
function modulePathOf(folder: string): string | undefined {
  const file = join(folder, 'go.mod')
  return existsSync(file) ? /^module\s+"?([^\s"]+)/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined
}

/** Go wants `v1.2.3`; where the newest tag is `1.2.3`, tags are written so. */
function tagStart(git: GitState): string {
  const [newest] = git.present ? versionTags(git.tags, 'semver', '') : []
  return newest === undefined || newest.tag.startsWith('v') ? 'v' : ''
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
