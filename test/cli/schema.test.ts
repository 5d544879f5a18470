import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { gopack } from '../helpers/gopack.ts'
import { commitAll, copyOf } from '../helpers/repository.ts'
import { temporaryFolder } from '../helpers/temporary.ts'

const files = { config: 'gopack.schema.json', plan: 'plan.schema.json', artifacts: 'artifacts.schema.json' } as const
type Name = keyof typeof files

const root = fileURLToPath(new URL('../..', import.meta.url))
const committed = (name: Name): Record<string, unknown> =>
  JSON.parse(readFileSync(join(root, 'schema', files[name]), 'utf8')) as Record<string, unknown>

/** What a validator that is not ours says of a document: nothing where it is right. */
function faults(name: Name, document: unknown): string[] {
  const validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false }).compile(committed(name))
  return validate(document)
    ? []
    : validate.errors!.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
}

describe('the published JSON schemas', () => {
  it.each(Object.entries(files))('%s is what the code itself checks by', async (name, file) => {
    const { code, stdout } = await gopack(name === 'config' ? ['schema'] : ['schema', name], { cwd: root })
    expect(code).toBe(0)
    await expect(stdout).toMatchFileSnapshot(join(root, 'schema', file))
  })

  it('describe every key of gopack.yaml', () => {
    const undescribed = keysOf(committed('config'), '').filter(([, schema]) => typeof schema['description'] !== 'string')
    expect(undescribed.map(([path]) => path)).toEqual([])
    expect(keysOf(committed('config'), '').map(([path]) => path)).toEqual(
      expect.arrayContaining(['name', 'go.ldflags', 'archive.files[].from', 'hooks.before[].run', 'resources.languages.*.company']),
    )
  })
})

const everything = `
name: hello
main: .
targets: [windows/amd64, linux/arm64]
go: { cgo: off, tags: [a], ldflags: ["-X main.channel=stable"], env: { GOEXPERIMENT: '' }, debug: true, gui: false }
version: { scheme: semver, timestamp: "2026-01-02T03:04:05Z" }
resources:
  icon: assets/icon.png
  company: Example Ltd
  languages: { de-DE: { description: Ein Gruß }, "0x0407": {} }
  manifest: { executionLevel: asInvoker, longPaths: true }
archive: { name: "{name}-{version}-{os}-{arch}", files: [LICENSE, { from: README.md, to: docs }], folders: [logs] }
hooks: { before: [[go, version], { run: [go, env], os: [linux], targets: [windows] }], after: [[go, version]] }
`

describe('documents of gopack', () => {
  it('fit their schemas, as another validator sees it', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    const out = join(temporaryFolder(), 'dist')
    const config = join(temporaryFolder(), 'gopack.yaml')
    cpSync(folder, join(config, '..'), { recursive: true })
    writeFileSync(config, everything)
    expect(faults('config', parse(everything))).toEqual([])
    for (const args of [[], ['--config', config]]) {
      const plan = await gopack(['plan', '--json', ...args], { cwd: folder })
      expect(plan.code, plan.stdout).toBe(0)
      expect(faults('plan', JSON.parse(plan.stdout))).toEqual([])
    }
    const build = await gopack(['build', '--json', '--target', 'windows/amd64/v2', '--out', out], { cwd: folder })
    expect(build.code, build.stdout).toBe(0)
    expect(faults('artifacts', JSON.parse(readFileSync(join(out, 'artifacts.json'), 'utf8')))).toEqual([])
  })

  it('do not fit where they are wrong', () => {
    expect(faults('config', { nam: 'x' })).toEqual([' must NOT have additional properties {"additionalProperty":"nam"}'])
    expect(faults('config', { go: { version: 1.2 } })).not.toEqual([])
    expect(faults('artifacts', { schema: 2 })).not.toEqual([])
    expect(faults('plan', {})).not.toEqual([])
  })
})

/** Every key a schema has, with its path: in groups, in lists and in groups with names of the user's own. */
function keysOf(schema: Record<string, unknown>, path: string): [string, Record<string, unknown>][] {
  const inner = (value: unknown, name: string): [string, Record<string, unknown>][] =>
    typeof value === 'object' && value !== null ? keysOf(value as Record<string, unknown>, name) : []
  const keys = Object.entries((schema['properties'] ?? {}) as Record<string, Record<string, unknown>>).flatMap(
    ([key, value]): [string, Record<string, unknown>][] => {
      const name = path === '' ? key : `${path}.${key}`
      return [[name, value], ...keysOf(value, name)]
    },
  )
  const branches = ((schema['anyOf'] ?? []) as unknown[]).flatMap((branch) => inner(branch, path))
  return [...keys, ...branches, ...inner(schema['items'], `${path}[]`), ...inner(schema['additionalProperties'], `${path}.*`)]
}
