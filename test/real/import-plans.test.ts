import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { splitFlags } from '../../src/build/compile/ldflags.ts'
import { gopack } from '../helpers/gopack.ts'
import { commitAll, git, write } from '../helpers/repository.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { checkOut } from './support/real-module.ts'
import { differences, type Recorded } from './support/import-differences.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const records = readdirSync(join(root, 'fixtures/import'))
  .filter((name) => name.endsWith('.json') && name !== 'modules.json')
  .map((name) => JSON.parse(readFileSync(join(root, 'fixtures/import', name), 'utf8')) as Recorded)

/** The rows of the table in docs/importing.md: `| module | difference | why |`. */
const table = new Set(
  readFileSync(join(root, 'docs/importing.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, 3)
        .map((cell) => cell.trim().replaceAll('`', ''))
        .join(': '),
    ),
)

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
    const found = differences(record, JSON.parse(stdout), git(folder, 'rev-parse', 'HEAD').trim(), splitFlags)
    const name = record.module.replace(/^github\.com\//, '')
    const unexplained = found.map((difference) => `${name}: ${difference}`).filter((line) => !table.has(line))
    expect(unexplained).toEqual([])
    // A row that no longer holds is taken out.
    const stale = [...table].filter((line) => line.startsWith(`${name}: `) && !found.includes(line.slice(name.length + 2)))
    expect(stale).toEqual([])
  })
})
