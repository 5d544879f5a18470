import { importError } from '../../../errors/import.ts'
import type { Config } from '../../schema/index.ts'
import { at, itemsOf, readYaml, textAt, textsOf, type MapTree, type TextTree, type Tree } from '../document.ts'
import { openLedger, type Ledger } from '../ledger.ts'
import type { ImportContext, Imported, ImportSource } from '../types.ts'
import { archiveSettings } from './archive-settings.ts'
import { readBuild, type ImportedBuild } from './builds.ts'
import { environmentOf, variablesOf } from './environment.ts'
import { beforeHooks } from './hooks.ts'
import { reasonFor } from './keys.ts'
import { programsOf, type ImportedProgram } from './programs.ts'
import { projectName, standardProjectName } from './project-name.ts'
import { settingsOf } from './settings.ts'
import type { ScopeFacts } from './template/scope.ts'

/**
 * Reads a .goreleaser.yaml of version 1 or 2.
 * Specification: goreleaser.com/customization and pkg/config/config.go of GoReleaser 2.12.7.
 * @throws IMPORT_SYNTAX, IMPORT_NOTHING
 */
export function importGoReleaser({ file, bytes }: ImportSource, context: ImportContext): Imported {
  const { root, second } = readYaml(bytes.toString('utf8'), file)
  if (root.kind !== 'map')
    throw importError('IMPORT_SYNTAX', { message: `${file}:${root.line}: this is no group of keys.`, at: { file, line: root.line } })
  const ledger = openLedger(file)
  if (second !== undefined) ledger.leaveLine(second, '', '---', 'a second document begins here; GoReleaser reads the first one only')
  const plain: ScopeFacts = {
    projectName: standardProjectName(root, context),
    modulePath: context.modulePath,
    tagStart: context.tagStart,
    variables: new Map(),
    note: () => undefined,
  }
  const environment = textsOf(at(root, 'env'))
  const named = { ...plain, projectName: projectName(root, { ...plain, variables: variablesOf(environment, plain) }, ledger) }
  const facts: ScopeFacts = { ...named, variables: variablesOf(environment, named) }
  const builds = buildsOf(root, { facts, context, ledger })
  const programs = programsOf(builds, ledger).filter(({ targets }) => targets.length > 0)
  if (programs.length === 0)
    throw importError('IMPORT_NOTHING', { message: `${file} has no program that gopack can build for a target it knows.`, at: { file } })
  const hooks = [
    ...beforeHooks(at(at(root, 'before'), 'hooks'), facts, ledger),
    ...programs.flatMap((program) => program.builds.flatMap((build) => build.hooks)),
  ]
  const archives = archiveSettings(at(root, 'archives'), programs, { facts, context, ledger, hooksMakeFiles: makeFiles(hooks) })
  const config: Config = {
    ...settingsOf(programs, archives, commonEnvironment(environment, programs, facts, ledger), facts.projectName),
    ...general(root, ledger),
    ...(hooks.length === 0 ? {} : { hooks: { before: hooks } }),
  }
  return { format: 'goreleaser', file, config, ...ledger.close(root, reasonFor) }
}

function buildsOf(root: MapTree, reading: { facts: ScopeFacts; context: ImportContext; ledger: Ledger }): ImportedBuild[] {
  const list = at(root, 'builds') ?? at(root, 'build')
  const nodes = itemsOf(list).filter((item): item is MapTree => item.kind === 'map')
  if (nodes.length > 0) return nodes.flatMap((node) => readBuild(node, reading) ?? [])
  // Without builds GoReleaser builds the package at the top.
  const standard: MapTree = { kind: 'map', path: 'builds', line: 1, column: 1, lastLine: 1, entries: new Map<string, Tree>() }
  const build = readBuild(standard, reading)
  return build === undefined ? [] : [{ ...build, node: undefined }]
}

/** Variables for everything hold for the compiler too. */
function commonEnvironment(nodes: readonly TextTree[], programs: readonly ImportedProgram[], facts: ScopeFacts, ledger: Ledger) {
  const targets = programs.flatMap((program) => program.targets)
  const noting = (node: TextTree): ScopeFacts => ({
    ...facts,
    note: (difference) => ledger.carry(node, 'go.env', { difference, value: node.text }),
  })
  return environmentOf(nodes, { facts: noting, targets, ledger })
}

/** Settings of the whole file. */
function general(root: MapTree, ledger: Ledger): Pick<Config, 'out' | 'version'> {
  const version = textAt(root, 'version')
  if (version !== undefined) {
    if (['0', '1', '2'].includes(version.text)) ledger.carry(version, 'nothing: it is the version of the format')
    else ledger.leave(version, 'gopack knows the versions 1 and 2 of this format')
  }
  const isPro = at(root, 'pro')
  if (isPro !== undefined) ledger.leave(isPro, 'what only GoReleaser Pro has is listed here; everything else is carried over')
  const dist = textAt(root, 'dist')
  const isPlain = dist !== undefined && !dist.text.includes('{{')
  if (isPlain) ledger.carry(dist, 'out')
  else if (dist !== undefined) ledger.leave(dist, 'this setting is no template in gopack')
  const checksum = at(root, 'checksum')
  const sums = textAt(checksum, 'name_template')
  if (sums?.text === 'checksums.txt') ledger.carry(sums, 'nothing: the file is called so')
  const algorithm = textAt(checksum, 'algorithm')
  if (algorithm?.text === 'sha256') ledger.carry(algorithm, 'nothing: it is always SHA-256')
  for (const key of ['disable', 'split']) {
    const node = textAt(checksum, key)
    if (node?.text === 'false') ledger.carry(node, 'nothing: it is so')
  }
  const prefix = textAt(at(root, 'monorepo'), 'tag_prefix')
  if (prefix !== undefined && !prefix.text.includes('{{')) ledger.carry(prefix, 'version.tagPrefix')
  const time = textAt(at(root, 'metadata'), 'mod_timestamp')
  if (time?.text.includes('.CommitTimestamp')) ledger.carry(time, 'nothing: everything has the time of the commit')
  return {
    ...(!isPlain || dist.text === 'dist' ? {} : { out: dist.text }),
    ...(prefix === undefined || prefix.text.includes('{{') ? {} : { version: { tagPrefix: prefix.text } }),
  }
}

/** Hooks that only look at the module, or put it in order, make no file an archive could hold. */
function makeFiles(hooks: readonly (string[] | { run: string[] })[]): boolean {
  const harmless = /^go (mod|vet|fmt|test|version|env|list)\b|^(gofmt|golangci-lint|staticcheck)\b/
  return hooks.some((hook) => !harmless.test((Array.isArray(hook) ? hook : hook.run).join(' ')))
}
