import { X509Certificate } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { certificatesIn, namedCertificates, type CertificateSource } from '../../go/provision/network/certificates.ts'
import { ok, warn } from '../results.ts'
import type { Check } from '../types.ts'

/** Certificate authorities the environment adds: Go reads SSL_CERT_FILE and SSL_CERT_DIR, gopack these and NODE_EXTRA_CA_CERTS. */
export const certificatesCheck: Check = {
  id: 'certificates',
  title: 'CA certificates',
  run({ environment, now }) {
    const sources = namedCertificates(environment)
    if (sources.length === 0) return ok("the system's own")
    const looked = sources.map((source) => ({ source, certificates: certificatesOf(source) }))
    const missing = looked.find(({ source }) => !existsSync(source.path))
    if (missing !== undefined)
      return warn(
        `${missing.source.variable} names ${missing.source.path}, which is not there`,
        `Correct ${missing.source.variable}, or unset it.`,
      )
    const empty = looked.find(({ certificates }) => certificates.length === 0)
    if (empty !== undefined)
      return warn(
        `${empty.source.variable} names ${empty.source.path}, which holds no certificate`,
        'Name a file in PEM form: it has lines BEGIN CERTIFICATE and END CERTIFICATE.',
      )
    const spoilt = looked.find(({ certificates }) => certificates.length <= 10 && certificates.every((text) => !isValid(text, now)))
    if (spoilt !== undefined)
      return warn(
        `every certificate in ${spoilt.source.path} (${spoilt.source.variable}) has expired or cannot be read`,
        'Ask for a new one.',
      )
    return ok(looked.map(({ source, certificates }) => `${source.variable}=${source.path} (${certificates.length})`).join(' '))
  },
}

function certificatesOf({ path }: CertificateSource): string[] {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return certificatesIn(path)
  return readdirSync(path).flatMap((name) => certificatesIn(join(path, name)))
}

function isValid(text: string, now: number): boolean {
  try {
    return Date.parse(new X509Certificate(text).validTo) > now
  } catch {
    return false
  }
}
