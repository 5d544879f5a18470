import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { splitFlags } from '../../src/build/compile/ldflags.ts'
import { gopack } from '../helpers/gopack.ts'
import { commitAll, git, write } from '../helpers/repository.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { checkOut } from './support/real-module.ts'
import { differences, type PlanDocument, type Recorded } from './support/import-differences.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const records = readdirSync(join(root, 'fixtures/import'))
  .filter((name) => name.endsWith('.json') && name !== 'modules.json')
  .map((name) => JSON.parse(readFileSync(join(root, 'fixtures/import', name), 'utf8')) as Recorded)

/** The rows of the table in docs/importing.md, below its heading: module, or any, and difference. */
const [, section = ''] = readFileSync(join(root, 'docs/importing.md'), 'utf8').split('## What differs from GoReleaser')
const table = new Set(
  section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const [, module = '', difference = ''] = line.split('|').map((cell) => cell.trim())
      return `${module.replaceAll('`', '')}: ${difference}`
    }),
)

/** Rows that were needed. */
const used = new Set<string>()

describe('plans of gopack against what GoReleaser makes', () => {
  it('are compared for ten modules and more', () => {
    expect(records.length).toBeGreaterThanOrEqual(10)
  })

  it.each(records)('$module: what differs stands in docs/importing.md', async (record) => {
    const folder = checkOut({ path: record.module, version: record.version }, temporaryFolder())
    // What a release makes before it is built.
    for (const file of record.touch ?? []) write(folder, { [file]: '#!/bin/sh\n' })
    commitAll(folder, record.version)
    git(folder, 'remote', 'add', 'origin', `https://${record.module.split('/').slice(0, 3).join('/')}.git`)
    const made = await gopack(['init', '--json'], { cwd: folder })
    expect(made.code, made.stdout + made.stderr).toBe(0)
    expect(existsSync(join(folder, 'gopack.yaml'))).toBe(true)
    // Committed with what init wrote, the tree is that of the tag.
    git(folder, 'add', '-A')
    git(folder, 'commit', '-q', '-m', 'gopack')
    git(folder, 'tag', '-f', record.version)
    const { code, stdout, stderr } = await gopack(['plan', '--json'], { cwd: folder })
    expect(code, stdout + stderr).toBe(0)
    const names = { head: git(folder, 'rev-parse', 'HEAD').trim(), version: record.version }
    const found = differences(record, JSON.parse(stdout) as PlanDocument, names, splitFlags)
    const name = record.module.replace(/^github\.com\//, '')
    const row = (difference: string): string => [`any: ${difference}`, `${name}: ${difference}`].find((entry) => table.has(entry)) ?? ''
    expect(found.filter((difference) => row(difference) === '').map((difference) => `| \`${name}\` | ${difference} |`)).toEqual([])
    for (const difference of found) used.add(row(difference))
  })

  it('differ nowhere else than the table says', () => {
    expect([...table].filter((row) => !used.has(row))).toEqual([])
  })
})
