import { expect, test } from 'vitest'
import { clockCheck } from '../../src/doctor/checks/clock.ts'
import { diskCheck } from '../../src/doctor/checks/disk.ts'
import { doctorExitCode, runChecks } from '../../src/doctor/doctor.ts'
import { fail, missing, ok, warn } from '../../src/doctor/results.ts'
import type { Check, CheckResult, DoctorContext } from '../../src/doctor/types.ts'
import { withoutCredentials } from '../../src/doctor/urls.ts'

const nothing = { error: undefined } as never
const context: DoctorContext = {
  request: { cwd: '/work' },
  signal: undefined,
  environment: { GOPACK_CACHE: '/cache' },
  now: Date.UTC(2026, 10, 21),
  freeSpace: async () => 50e9,
  fix: false,
  config: nothing,
  moduleFolder: nothing,
  go: nothing,
  goSettings: { GOCACHE: '/go-cache' },
  git: nothing,
  targets: nothing,
}

test.each([
  [50e9, 'ok'],
  [1.9e9, 'warn'],
  [0.1e9, 'fail'],
])('%d bytes free: %s', async (bytes, status) => {
  const freeSpace = async (path: string): Promise<number> => (path === '/go-cache' ? bytes : 90e9)
  expect(await diskCheck.run({ ...context, freeSpace })).toMatchObject({
    status,
    detail: expect.stringContaining('for Go build cache (/go-cache)'),
  })
})

test.each([
  [Date.UTC(1970, 0, 1), 'fail'],
  [Date.UTC(2019, 11, 31), 'fail'],
  [Date.UTC(2020, 0, 2), 'ok'],
  [Date.UTC(2106, 1, 7), 'fail'],
])('a clock at %d: %s', async (now, status) => {
  expect(await clockCheck.run({ ...context, now })).toMatchObject({ status })
})

const checkOf = (id: string, result: CheckResult | undefined): Check => ({ id, title: id, run: () => result })

test.each([
  [[ok('a')], 0],
  [[ok('a'), warn('b', 'c')], 0],
  [[fail('a', 'b')], 1],
  [[fail('a', 'b'), missing('c', 'd'), warn('e', 'f')], 3],
])('exit code %#', async (results, code) => {
  const report = await runChecks(
    context,
    results.map((result, index) => checkOf(String(index), result)),
  )
  expect(doctorExitCode(report)).toBe(code)
  expect(report.ok).toBe(code === 0)
})

test('a check with nothing to say is left out, and secrets are masked', async () => {
  const report = await runChecks(context, [
    checkOf('silent', undefined),
    checkOf('loud', warn('from https://me:hush@host.example/x', 'try ssh://you:hush@host.example')),
  ])
  expect(report.checks).toEqual([
    { id: 'loud', title: 'loud', status: 'warn', detail: 'from https://***@host.example/x', fix: 'try ssh://***@host.example' },
  ])
})

test.each([
  ['https://proxy.example/path', 'https://proxy.example/path'],
  ['https://user:pass@proxy.example', 'https://***@proxy.example'],
  ['https://user:p@ss@proxy.example/a@b', 'https://***@b'],
  ['https://proxy.example/?key=secret', 'https://proxy.example/?***'],
  ['direct', 'direct'],
])('%s is shown as %s', (address, shown) => {
  expect(withoutCredentials(address)).toBe(shown)
})
