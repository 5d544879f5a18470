import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { embedResources } from '../../../src/build/resources/embed.ts'
import { temporaryFolder } from '../../helpers/temporary.ts'
import { describeWith } from '../../helpers/tools.ts'
import { goBuild } from './support/go.ts'
import { tool } from './support/readers.ts'
import { request } from './support/request.ts'

describeWith(['go', 'osslsigncode'], 'resources and signatures', () => {
  it('resources first, then the signature: it verifies, can be taken off again, and no resources can be added behind it', async () => {
    const folder = temporaryFolder()
    const [key, certificate, done, signed, bare] = ['key.pem', 'cert.pem', 'done.exe', 'signed.exe', 'bare.exe'].map((name) =>
      join(folder, name),
    ) as [string, string, string, string, string]
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-subj',
        '/CN=gopack test',
        '-addext',
        'extendedKeyUsage=codeSigning',
        '-keyout',
        key,
        '-out',
        certificate,
      ],
      { stdio: 'ignore' },
    )
    await embedResources(goBuild(folder, 'plain.exe'), done, request())
    tool('osslsigncode', 'sign', '-certs', certificate, '-key', key, '-h', 'sha256', '-in', done, '-out', signed)
    const verified = tool('osslsigncode', 'verify', '-CAfile', certificate, '-in', signed).toString('utf8')
    expect(verified).toContain('Signature verification: ok')
    expect(verified).not.toContain('invalid PE checksum')
    tool('osslsigncode', 'remove-signature', '-in', signed, '-out', bare)
    expect(readFileSync(bare).equals(readFileSync(done))).toBe(true)

    for (const engine of ['portable', 'rcedit'] as const) {
      const output = join(folder, `again-${engine}.exe`)
      const again = embedResources(signed, output, { ...request(), engine }, { wine: { prefix: join(folder, 'prefix') } })
      await expect(again).rejects.toMatchObject({ code: 'RESOURCES_SIGNED', exitCode: 5 })
      expect(existsSync(output)).toBe(false)
    }
  })
})
