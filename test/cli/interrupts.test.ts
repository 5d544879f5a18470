import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { abortOnInterrupt } from '../../src/cli/interrupts.ts'

it.skipIf(process.platform === 'win32')('a signal that came before the command took the signals over is not lost', async () => {
  let early = 0
  process.once('SIGHUP', () => early++)
  // Node hears of it at the next turn of its event loop: as if it had come while the command was being loaded.
  process.kill(process.pid, 'SIGHUP')
  const { signal, dispose } = abortOnInterrupt()
  try {
    for (let turn = 0; turn < 100 && !signal.aborted; turn++) await sleep(5)
    expect([signal.aborted, early]).toEqual([true, 0])
  } finally {
    dispose()
  }
})
