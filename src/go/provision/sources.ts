import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import { matchesPattern, type GoAccess } from './access.ts'

export const toolchainModule = 'golang.org/toolchain'

/** A place Go may come from. `next` says when the one after it is asked: never, where there is nothing (404, 410), or whatever goes wrong. */
export type GoSource =
  | { readonly kind: 'proxy'; readonly url: string; readonly next: 'missing' | 'any' }
  /** go.dev/dl or a copy of it. */
  | { readonly kind: 'official'; readonly url: string; readonly next: 'any' }
  | { readonly kind: 'off' }
  /** An entry of GOPROXY that is no address. */
  | { readonly kind: 'wrong'; readonly text: string }

/** Where Go publishes itself; GOPACK_GO_DOWNLOADS names a copy of it (the same list and the same file names). */
export const officialDownloads = (environment: NodeJS.ProcessEnv): string =>
  (environment['GOPACK_GO_DOWNLOADS'] || 'https://go.dev/dl').replace(/\/+$/, '')

/** What the go command uses where GOPROXY is not set. */
const defaultProxies = 'https://proxy.golang.org,direct'

/**
 * The places to ask, in order. GOPROXY is obeyed as the go command does (`go help goproxy`); where it is not set, the official
 * downloads come first and then Go's default.
 */
export function goSources(access: GoAccess, environment: NodeJS.ProcessEnv): GoSource[] {
  const official = officialDownloads(environment)
  if (matchesPattern(access.noProxy, toolchainModule) && access.proxy !== 'off') return [direct(official)]
  if (access.proxy === undefined) return [{ kind: 'official', url: official, next: 'any' }, ...proxySources(defaultProxies, official)]
  return proxySources(access.proxy, official)
}

/** `direct` means where the module's own server says it is: go.dev/dl/mod has the form of a proxy. */
const direct = (official: string): GoSource => ({ kind: 'proxy', url: `${official}/mod`, next: 'missing' })

function proxySources(setting: string, official: string): GoSource[] {
  const sources: GoSource[] = []
  for (const [, entry = '', separator] of setting.matchAll(/([^,|]+)([,|]?)/g)) {
    const text = entry.trim()
    if (text === '') continue
    if (text === 'off') return [...sources, { kind: 'off' }]
    if (text === 'direct') return [...sources, direct(official)]
    const url = proxyAddress(text)
    // A password with a comma in it comes in two entries: which of them are part of a login cannot be told.
    if (url === undefined) return [...sources, { kind: 'wrong', text: setting.includes('@') && !text.includes('@') ? '***' : text }]
    sources.push({ kind: 'proxy', url, next: separator === '|' ? 'any' : 'missing' })
  }
  return sources
}

/** Go puts https:// before anything that looks like a host, and takes absolute paths for files. */
function proxyAddress(text: string): string | undefined {
  if (isAbsolute(text)) return pathToFileURL(text).href
  const address = /[.:/]/.test(text) && !text.includes(':/') ? `https://${text}` : text
  if (!URL.canParse(address)) return undefined
  return ['https:', 'http:', 'file:'].includes(new URL(address).protocol) ? address.replace(/\/+$/, '') : undefined
}

/** `v0.0.1-go1.26.10.linux-amd64`, as the module's versions are called. */
export const moduleVersion = (version: string, { os, arch }: { readonly os: string; readonly arch: string }): string =>
  `v0.0.1-go${version}.${os}-${arch}`
