import { BlockList, isIP } from 'node:net'

/** The variables that name proxies, and those that except hosts from them; the first that is set counts. */
export const proxyVariables = { 'https:': ['HTTPS_PROXY', 'https_proxy'], 'http:': ['HTTP_PROXY', 'http_proxy'] } as const
export const exceptionVariables = ['NO_PROXY', 'no_proxy'] as const

/**
 * The proxy for an address, as the go command chooses it (golang.org/x/net/http/httpproxy): undefined for none, for this machine
 * itself, and for what NO_PROXY names by host, domain, address or network.
 */
export function proxyFor(address: URL, environment: NodeJS.ProcessEnv): URL | undefined {
  const setting = firstOf(proxyVariables[address.protocol as 'https:'] ?? [], environment)
  if (setting === '' || isLoopback(address) || isExcepted(address, firstOf(exceptionVariables, environment))) return undefined
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(setting) ? setting : `http://${setting}`
  return URL.canParse(text) ? new URL(text) : undefined
}

export const firstOf = (names: readonly string[], environment: NodeJS.ProcessEnv): string =>
  names.map((name) => environment[name] ?? '').find((value) => value !== '') ?? ''

/** Without the brackets of an IPv6 address. */
const bareHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '').toLowerCase()

function isLoopback(address: URL): boolean {
  const host = bareHost(address)
  return host === 'localhost' || (isIP(host) === 4 && host.startsWith('127.')) || host === '::1'
}

function isExcepted(address: URL, exceptions: string): boolean {
  const host = bareHost(address)
  const port = address.port || (address.protocol === 'https:' ? '443' : '80')
  return exceptions.split(',').some((entry) => {
    const text = entry.trim().toLowerCase()
    if (text === '*') return true
    if (text === '') return false
    const [network, bits] = text.split('/')
    if (bits !== undefined) return isInNetwork(host, network!, Number(bits))
    const [, name = text, wantedPort] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(text) ?? []
    return (wantedPort === undefined || wantedPort === port) && matchesHost(host, name.replace(/^\[|\]$/g, ''))
  })
}

/** `example.com` is the host and all below it, `.example.com` (or `*.`) only what is below. */
function matchesHost(host: string, name: string): boolean {
  const domain = name.replace(/^\*(?=\.)/, '')
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || (isIP(domain) === 0 && host.endsWith(`.${domain}`))
}

function isInNetwork(host: string, network: string, bits: number): boolean {
  const family = isIP(host)
  if (family === 0 || isIP(network) !== family || !Number.isInteger(bits) || bits < 0 || bits > (family === 4 ? 32 : 128)) return false
  const list = new BlockList()
  list.addSubnet(network, bits, family === 4 ? 'ipv4' : 'ipv6')
  return list.check(host, family === 4 ? 'ipv4' : 'ipv6')
}
