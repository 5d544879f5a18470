import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import tls, { type SecureContext } from 'node:tls'

/** Where Linux systems keep the certificate authorities they trust (Go: crypto/x509/root_linux.go). */
const systemFiles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** A file or folder that adds certificate authorities, and the variable that names it. */
export interface CertificateSource {
  readonly variable: 'SSL_CERT_FILE' | 'SSL_CERT_DIR' | 'NODE_EXTRA_CA_CERTS'
  readonly path: string
}

/** What the environment names: Go reads the first two, Node the third. */
export function namedCertificates(environment: NodeJS.ProcessEnv): CertificateSource[] {
  const sources: CertificateSource[] = []
  for (const variable of ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS'] as const) {
    const value = environment[variable]
    if (value === undefined || value === '') continue
    const paths = variable === 'SSL_CERT_DIR' ? value.split(process.platform === 'win32' ? ';' : ':') : [value]
    sources.push(...paths.filter((path) => path !== '').map((path) => ({ variable, path })))
  }
  return sources
}

let known: { readonly key: string; readonly context: SecureContext | undefined } | undefined

/**
 * What is trusted: Node's own list, the system's, and the files the environment names. Undefined: Node's default will do.
 */
export function trustContext(environment: NodeJS.ProcessEnv): SecureContext | undefined {
  const sources = namedCertificates(environment)
  const key = JSON.stringify(sources)
  if (known?.key !== key) known = { key, context: makeContext(sources) }
  return known.context
}

function makeContext(sources: readonly CertificateSource[]): SecureContext | undefined {
  const paths = sources.flatMap(({ variable, path }) => (variable === 'SSL_CERT_DIR' ? filesIn(path) : [path]))
  const named = sources.some(({ variable }) => variable === 'SSL_CERT_FILE')
  const system = named || process.platform !== 'linux' ? [] : systemFiles
  const blocks = new Set([...paths, ...system].flatMap(certificatesIn))
  for (const block of systemCertificates()) blocks.add(block)
  if (blocks.size === 0) return undefined
  try {
    return tls.createSecureContext({ ca: [...tls.rootCertificates, ...blocks] })
  } catch {
    // A damaged certificate in one of the files: those Node brings are tried alone.
    return undefined
  }
}

/** What Windows and macOS trust, from the Node versions that can ask them. */
function systemCertificates(): readonly string[] {
  if (process.platform === 'linux') return []
  const ask = (tls as { getCACertificates?: (kind: string) => string[] }).getCACertificates
  return ask === undefined ? [] : ask('system')
}

/** The certificates of a PEM file; none where it cannot be read. */
export function certificatesIn(path: string): string[] {
  try {
    return readFileSync(path, 'latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  } catch {
    return []
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch {
    return []
  }
}
