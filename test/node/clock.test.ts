import { execFileSync } from 'node:child_process'
import { beforeAll, expect, it } from 'vitest'
import { describeWith } from '../helpers/tools.ts'
import { type Bytes, buildHello } from './hello.ts'

/** What libfaketime needs to give a process another clock; children inherit it. */
function clockAt(time: string): Record<string, string> {
  const shown = execFileSync('faketime', ['-f', `@${time}`, 'env'], { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } })
  const preload = /^LD_PRELOAD=(.+)$/m.exec(shown)?.[1]
  return { LD_PRELOAD: preload!, FAKETIME: `@${time}`, TZ: 'UTC' }
}

describeWith(['go', 'git', 'faketime'], 'the clock of the machine', () => {
  let now: Bytes
  beforeAll(async () => {
    now = await buildHello()
  })

  it.each(['1970-01-01 00:00:10', '2106-02-08 00:00:00'])('at %s changes no byte', async (time) => {
    const env = clockAt(time)
    const year = execFileSync(process.execPath, ['-p', 'new Date().getUTCFullYear()'], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    })
    expect(year.trim()).toBe(time.slice(0, 4))
    expect(await buildHello({ env })).toEqual(now)
  })
})
