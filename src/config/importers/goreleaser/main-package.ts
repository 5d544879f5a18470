import { posix } from 'node:path'
import { textAt, type MapTree } from '../document.ts'
import type { BuildReading } from './builds.ts'
import { Untranslatable } from './template/nodes.ts'
import { constantForAll } from './template/translate.ts'

/** The main package as `main:` takes it: a folder relative to gopack.yaml. A file stands for its folder. */
export function mainOf(build: MapTree, { facts, context, ledger }: BuildReading): string {
  const [main, dir] = [textAt(build, 'main'), textAt(build, 'dir')]
  const folder = dir === undefined ? '.' : dir.text
  for (const node of [main, dir]) {
    if (node === undefined) continue
    try {
      constantForAll(node.text, facts, [undefined])
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error
      ledger.leave(node, error.message)
      return './...'
    }
  }
  if (dir !== undefined) ledger.carry(dir, 'main')
  const wanted = main === undefined || main.text === '' ? '.' : main.text
  if (main !== undefined) ledger.carry(main, 'main')
  const inModule = wanted.startsWith(`${context.modulePath}/`)
    ? `./${wanted.slice(context.modulePath.length + 1)}`
    : wanted === context.modulePath
      ? '.'
      : wanted
  const path = posix.normalize(posix.join(folder.replaceAll('\\', '/'), inModule.replaceAll('\\', '/'))).replace(/\/$/, '')
  const place = context.rebase(path.endsWith('.go') ? posix.dirname(path) : path)
  return place === '.' || place.startsWith('..') || place.startsWith('/') ? place : `./${place}`
}
