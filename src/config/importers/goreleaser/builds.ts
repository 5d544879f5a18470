import type { Config } from '../../schema/index.ts'
import { at, isTrue, itemsOf, textAt, textsOf, type MapTree, type TextTree, type Tree } from '../document.ts'
import type { Ledger } from '../ledger.ts'
import type { ImportContext } from '../types.ts'
import { environmentOf, variablesOf } from './environment.ts'
import { flagsOf, tagsIn } from './go-flags.ts'
import { preHooks, type Hook } from './hooks.ts'
import { linkFlagsOf } from './link-flags.ts'
import { mainOf } from './main-package.ts'
import { programName } from './program-name.ts'
import { targetsOf, type BuildTarget } from './targets.ts'
import { Untranslatable } from './template/nodes.ts'
import type { ScopeFacts } from './template/scope.ts'
import { constantForAll, translate } from './template/translate.ts'

/** One entry under `builds`, in the words of gopack. */
export interface ImportedBuild {
  readonly id: string
  readonly name: string
  readonly main: string
  readonly targets: readonly BuildTarget[]
  readonly go: NonNullable<Config['go']>
  readonly hooks: readonly Hook[]
  /** Absent for the build there is without a configuration. */
  readonly node: MapTree | undefined
}

export interface BuildReading {
  readonly facts: ScopeFacts
  readonly context: ImportContext
  readonly ledger: Ledger
}

/** A build; undefined where gopack cannot build it, which is listed. */
export function readBuild(build: MapTree, reading: BuildReading): ImportedBuild | undefined {
  const { ledger, facts } = reading
  const reason = whyNotBuilt(build, facts)
  if (reason !== undefined) {
    ledger.leave(build, reason, textAt(build, 'id')?.text ?? textAt(build, 'binary')?.text ?? '')
    return undefined
  }
  const targets = targetsOf(build, ledger, reading.context)
  const name = programName(textAt(build, 'binary'), facts, targets, ledger)
  const own: ScopeFacts = { ...facts, binary: name }
  const environment = textsOf(at(build, 'env'))
  const withVariables: ScopeFacts = { ...own, variables: variablesOf(environment, own) }
  const go = goOf(build, withVariables, targets, ledger)
  const hooks = readHooks(at(build, 'hooks'), targets, withVariables, ledger)
  readOverrides(at(build, 'overrides'), ledger)
  readRest(build, reading)
  const id = textAt(build, 'id')
  if (id !== undefined) ledger.carry(id, 'the choice of archives')
  return { id: id?.text ?? facts.projectName, name, main: mainOf(build, reading), targets, go, hooks, node: build }
}

function whyNotBuilt(build: MapTree, facts: ScopeFacts): string | undefined {
  const text = (key: string): string => textAt(build, key)?.text ?? ''
  if (!['', 'go'].includes(text('builder')))
    return text('builder') === 'prebuilt'
      ? 'prebuilt programs are a feature of GoReleaser Pro; gopack compiles'
      : `gopack builds Go, not ${text('builder')}`
  if (!['', 'build'].includes(text('command'))) return `gopack calls \`go build\`, not \`go ${text('command')}\``
  if (/^c-|^shared$|^archive$|^plugin$/.test(text('buildmode')))
    return `gopack builds programs, not libraries (buildmode ${text('buildmode')})`
  if (!text('skip').includes('{{')) return isTrue(at(build, 'skip')) ? 'it is switched off ("skip")' : undefined
  try {
    return constantForAll(text('skip'), facts, [undefined]) === 'true' ? 'it is switched off ("skip")' : undefined
  } catch {
    return undefined
  }
}

function goOf(build: MapTree, facts: ScopeFacts, targets: readonly BuildTarget[], ledger: Ledger): NonNullable<Config['go']> {
  const noting = (node: TextTree): ScopeFacts => ({
    ...facts,
    note: (difference) => ledger.carry(node, 'go', { difference, value: node.text }),
  })
  const reading = { facts: noting, targets, ledger }
  const environment = environmentOf(textsOf(at(build, 'env')), reading)
  const { go: flags, ldflags: more } = flagsOf(textsOf(at(build, 'flags')), reading)
  const ldflagNodes = [...textsOf(at(build, 'ldflags')), ...more]
  const link = linkFlagsOf(ldflagNodes, reading)
  const extra = compilerFlags(build, noting, targets, ledger)
  const tags = [...(flags.tags ?? []), ...tagsOf(build, noting, targets, ledger)]
  const allFlags = [...(environment.flags ?? []), ...(flags.flags ?? []), ...extra]
  return {
    ...environment,
    ...flags,
    ...(tags.length === 0 ? {} : { tags }),
    ...(link.ldflags.length === 0 ? {} : { ldflags: [...link.ldflags] }),
    ...(allFlags.length === 0 ? {} : { flags: allFlags }),
    // Without ldflags GoReleaser strips too.
    ...(ldflagNodes.length === 0 || link.stripped ? {} : { debug: true }),
    ...(link.gui ? { gui: true } : {}),
  }
}

function tagsOf(build: MapTree, facts: (node: TextTree) => ScopeFacts, targets: readonly BuildTarget[], ledger: Ledger): string[] {
  return textsOf(at(build, 'tags')).flatMap((node) => {
    try {
      const tags = tagsIn(constantForAll(node.text, facts(node), targets))
      ledger.carry(node, 'go.tags')
      return tags
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error
      ledger.leave(node, error.message)
      return []
    }
  })
}

/** gcflags, asmflags and buildmode: flags of `go build` like any other. */
function compilerFlags(build: MapTree, facts: (node: TextTree) => ScopeFacts, targets: readonly BuildTarget[], ledger: Ledger): string[] {
  return ['asmflags', 'gcflags', 'buildmode'].flatMap((key) =>
    textsOf(at(build, key)).flatMap((node) => {
      try {
        const value = constantForAll(node.text, facts(node), targets)
        ledger.carry(node, 'go.flags')
        return value === '' ? [] : [`-${key}=${value}`]
      } catch (error) {
        if (!(error instanceof Untranslatable)) throw error
        ledger.leave(node, error.message)
        return []
      }
    }),
  )
}

function readHooks(hooks: Tree | undefined, targets: readonly BuildTarget[], facts: ScopeFacts, ledger: Ledger): Hook[] {
  for (const node of itemsOf(at(hooks, 'post')))
    ledger.leave(node, 'gopack has no hook between compiling and archiving; hooks.after runs when everything is made')
  return preHooks(at(hooks, 'pre'), targets, facts, ledger)
}

function readOverrides(overrides: Tree | undefined, ledger: Ledger): void {
  for (const override of itemsOf(overrides)) {
    const compilers = textsOf(at(override, 'env')).every(({ text }) => /^(CC|CXX|CGO_\w+)=/.test(text))
    const only = override.kind === 'map' && [...override.entries.keys()].every((key) => key.startsWith('go') || key === 'env')
    const reason =
      compilers && only
        ? 'gopack finds the C compiler of each target itself where go.cgo is on'
        : 'a program has the same settings for all its targets'
    ledger.leave(override, reason)
  }
}

/** What is as it is there already, and what has no counterpart. */
function readRest(build: MapTree, { facts, ledger }: BuildReading): void {
  const time = textAt(build, 'mod_timestamp')
  if (time !== undefined) readTime(time, facts, ledger)
  const standard: Readonly<Record<string, string>> = {
    builder: 'nothing: gopack builds Go',
    command: 'nothing: gopack calls `go build`',
    no_main_check: 'nothing: gopack looks for main packages by asking Go',
    skip: 'nothing: it is not switched off',
  }
  for (const [key, to] of Object.entries(standard)) {
    const node = at(build, key)
    if (node !== undefined && !(key === 'skip' && node.kind === 'text' && node.text.includes('{{'))) ledger.carry(node, to)
  }
  const skip = textAt(build, 'skip')
  if (skip?.text.includes('{{')) ledger.leave(skip, 'whether a program is built depends on the command line only (--main)')
  for (const key of ['tool', 'gobinary']) {
    const node = textAt(build, key)
    if (node?.text === 'go') ledger.carry(node, 'nothing: gopack calls go')
    else if (node !== undefined) ledger.leave(node, 'gopack calls the go command; go.version says which one')
  }
  const flat = at(build, 'no_unique_dist_dir')
  if (flat !== undefined) ledger.leave(flat, 'finished programs lie in dist/OS_ARCH/, so that two never have one name')
}

/** Times of files: gopack gives everything the time of the commit. */
export function readTime(node: TextTree, facts: ScopeFacts, ledger: Ledger): void {
  if (/^\{\{-?\s*\.Commit(Timestamp|Date)\s*-?\}\}$/.test(node.text))
    return ledger.carry(node, 'nothing: everything has the time of the commit')
  try {
    translate(node.text, facts, [undefined])
  } catch (error) {
    if (error instanceof Untranslatable) return ledger.leave(node, error.message)
    throw error
  }
  return ledger.leave(node, 'everything has the time of the commit; version.timestamp sets another')
}
