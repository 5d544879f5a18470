import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runExplain } from '../../src/cli/explain.ts'
import { errorAreas, errorCatalogue } from '../../src/errors/catalogue.ts'
import { exitCodes, type ErrorEntry } from '../../src/errors/gopack-error.ts'
import { gopack } from '../helpers/gopack.ts'

const cwd = tmpdir()

describe('gopack explain', () => {
  it('lists every code, with its exit code and what it means', async () => {
    const { code, stdout } = await gopack(['explain'], { cwd })
    expect(code).toBe(0)
    const lines = Object.entries(errorCatalogue).map(([name, { exit, summary }]) => [name, String(exit), summary])
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/ {2,}/)),
    ).toEqual(lines)
  })

  it.each(Object.keys(errorCatalogue))('explains %s', async (code) => {
    const { exit, summary, remedy } = errorCatalogue[code]!
    expect(await explained(code)).toBe(`${code} (exit code ${exit})\n${summary}\nfix ${remedy}\nMore: docs/errors.md#${code.toLowerCase()}`)
  })

  it('takes a code as people type it, and prints JSON', async () => {
    const { code, stdout } = await gopack(['explain', 'not-a-module', '--json'], { cwd })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({ code: 'NOT_A_MODULE', ...errorCatalogue['NOT_A_MODULE'] })
    expect(JSON.parse((await gopack(['explain', '--json'], { cwd })).stdout)).toHaveLength(Object.keys(errorCatalogue).length)
  })

  it('suggests the code that may have been meant', async () => {
    const { code, stdout, stderr } = await gopack(['explain', 'CONFIG_SINTAX'], { cwd })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('There is no error code "CONFIG_SINTAX". Did you mean "CONFIG_SYNTAX"?')
    expect(stderr).toContain('fix `gopack explain` without a code lists all.')
    // Names every object has are no codes.
    for (const name of ['constructor', '__proto__', 'toString']) expect((await gopack(['explain', name], { cwd })).code).toBe(2)
  })
})

describe('the error catalogue', () => {
  it('has a code in one area only', () => {
    const codes = Object.values(errorAreas).flatMap((area) => Object.keys(area))
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('holds every table of errors in the source', async () => {
    const folder = new URL('../../src/errors/', import.meta.url)
    for (const file of readdirSync(folder).filter((name) => !['catalogue.ts', 'gopack-error.ts'].includes(name))) {
      const tables = Object.entries((await import(fileURLToPath(new URL(file, folder)))) as Record<string, unknown>).filter(([name]) =>
        name.endsWith('Errors'),
      )
      expect(tables, file).toHaveLength(1)
      for (const code of Object.keys(tables[0]![1] as object)) expect(errorCatalogue, `${file} ${code}`).toHaveProperty(code)
    }
  })

  it.each(Object.entries(errorCatalogue))(
    'says of %s in sentences what happened and what to do',
    (code, { exit, summary, remedy }: ErrorEntry) => {
      expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/)
      expect(Object.values(exitCodes)).toContain(exit)
      expect(summary).toMatch(/^\S.*\.$/)
      expect(remedy).toMatch(/^\S.*[.`…)]$/)
    },
  )
})

/** In this process: a process for each of the codes would take a minute. */
async function explained(code: string): Promise<string> {
  let printed = ''
  const plain = { bold: (text: string) => text, cyan: (text: string) => text }
  const output = { options: { json: false }, resultColors: plain, result: (text: string) => (printed += text) }
  expect(await runExplain({ args: [code], values: {}, parameters: [], program: undefined, output } as never)).toBe(0)
  return printed
}
