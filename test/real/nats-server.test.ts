import { expect, it } from 'vitest'
import { describeWith } from '../helpers/tools.ts'
import { agrees, readers } from './support/agreement.ts'
import { builtOnce } from './support/real-module.ts'
import { runFromZip } from './support/run.ts'

const nats = { path: 'github.com/nats-io/nats-server/v2', version: 'v2.15.2' }
const archs = ['amd64', 'arm64', '386'] as const

describeWith(readers, 'nats-server: a server whose module path ends in /v2', () => {
  const checkout = builtOnce(nats, archs)
  agrees({ name: 'nats-server', module: nats.path, main: nats.path, version: '2.15.2', archs, files: ['LICENSE', 'README.md'] }, checkout)

  describeWith(['wine', 'mingw'], 'under Wine', () => {
    it('runs from the unpacked zip', async () => {
      expect(await runFromZip(checkout(), 'nats-server', ['--version'])).toMatchObject({ exitCode: 0, stdout: 'nats-server: v2.15.2\n' })
    })
  })
})
