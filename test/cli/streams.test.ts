import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { gopackBin, gopackEnvironment } from '../helpers/gopack.ts'
import { helloMain, moduleOf } from '../helpers/repository.ts'

it.runIf(existsSync('/dev/full')).each([[[]], [['--json']]])('standard output on a full disk is said in a line: plan %j', (more) => {
  const folder = moduleOf({ 'main.go': helloMain })
  const command = `exec "$0" "$@" > /dev/full`
  const { status, stderr } = spawnSync('sh', ['-c', command, process.execPath, gopackBin(), 'plan', ...more], {
    cwd: folder,
    env: gopackEnvironment(),
    encoding: 'utf8',
  })
  expect([status, stderr]).toEqual([5, 'error standard output cannot be written (ENOSPC).\n'])
})
