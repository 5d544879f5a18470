import { execFileSync } from 'node:child_process'
import { delimiter } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Bytes, buildHello } from './hello.ts'

// Set by CI: executables of several Node versions. Nobody has them all on a machine of their own.
const nodes = (process.env.GOPACK_TEST_NODES ?? '').split(delimiter).filter((path) => path !== '')
const required = process.env.GOPACK_TEST_REQUIRE_ALL === '1'
const versionOf = (node: string): string => execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()

const name = 'the built command under other versions of Node'
if (nodes.length === 0 && !required) describe.skip(`${name} (needs GOPACK_TEST_NODES)`, bytes)
else describe(name, bytes)

function bytes(): void {
  let here: Bytes
  beforeAll(async () => {
    here = await buildHello()
  })

  it('is tried with Node 20.19, 22 and 24', () => {
    const versions = nodes.map(versionOf).join(' ')
    expect(versions).toMatch(/v20\.19\./)
    expect(versions).toMatch(/v22\./)
    expect(versions).toMatch(/v24\./)
  })

  it.each(nodes.map((node) => [versionOf(node), node] as const))(
    "%s gives the bytes that the tests' own Node gives",
    async (_version, node) => {
      expect(await buildHello({ node })).toEqual(here)
    },
  )
}
