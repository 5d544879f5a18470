import type { IncomingMessage, RequestOptions } from 'node:http'
import { markSecret } from '../../../host/mask.ts'
import { toolVersion } from '../../../host/tool-version.ts'
import { readGoAccess } from '../access.ts'
import { agentFor } from './agent.ts'
import { trustContext } from './certificates.ts'
import { decoded } from './login.ts'
import { netrcFile, readNetrc } from './netrc.ts'
import { asTrouble, NetworkTrouble } from './trouble.ts'

export interface OpenOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly signal?: AbortSignal | undefined
  /** First byte wanted; the server may begin at 0 all the same. */
  readonly offset?: number
  /** The ETag of what was received before: the rest is only wanted of the same thing. */
  readonly tag?: string | undefined
}

export interface Remote {
  readonly stream: IncomingMessage
  /** Where the stream begins: what was asked for, or 0. */
  readonly offset: number
  /** Bytes of the whole thing, where the server tells. */
  readonly total: number | undefined
  readonly tag: string | undefined
}

const maximumHops = 10

/** Milliseconds without a byte after which a server counts as silent: 30 s, or GOPACK_NETWORK_TIMEOUT (seconds). */
export function silenceLimit(environment: NodeJS.ProcessEnv): number {
  const seconds = Number(environment['GOPACK_NETWORK_TIMEOUT'])
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 30_000
}

/**
 * Asks for a file over HTTP and follows redirections. The stream must be read or destroyed.
 * @throws NetworkTrouble
 */
export async function openRemote(url: URL, options: OpenOptions): Promise<Remote> {
  let address = url
  for (let hops = 0; hops <= maximumHops; hops++) {
    const response = await ask(address, options).catch((error: unknown) => {
      options.signal?.throwIfAborted()
      throw asTrouble(error)
    })
    const status = response.statusCode ?? 0
    const location = response.headers.location
    if (status >= 300 && status < 400 && location !== undefined) {
      response.destroy()
      address = redirected(address, location)
      continue
    }
    if (status === 200 || status === 206) return remoteOf(response, options)
    response.destroy()
    throw statusTrouble(status)
  }
  throw new NetworkTrouble('refused', 'it sends from one address to the next without end')
}

function redirected(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined
  if (to === undefined || !['http:', 'https:'].includes(to.protocol) || (from.protocol === 'https:' && to.protocol !== 'https:'))
    throw new NetworkTrouble('refused', `it sends on to an address that is not safe (${location})`)
  return to
}

function statusTrouble(status: number): NetworkTrouble {
  if (status === 404 || status === 410) return new NetworkTrouble('missing', `it has no such file (${status})`)
  if (status === 401 || status === 403 || status === 407)
    return new NetworkTrouble('refused', `it does not let gopack in (${status}); put a login for it into your netrc file`)
  const passing = status >= 500 || status === 408 || status === 416 || status === 429
  return new NetworkTrouble(passing ? 'passing' : 'refused', `it answers with status ${status}`)
}

function remoteOf(response: IncomingMessage, { offset = 0 }: OpenOptions): Remote {
  const { headers, statusCode } = response
  const range = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers['content-range'] ?? '')
  const tag = headers.etag?.startsWith('W/') ? undefined : headers.etag
  if (statusCode === 206) {
    if (range === null || Number(range[1]) !== offset) {
      response.destroy()
      throw new NetworkTrouble('passing', 'it answers with another part than was asked for')
    }
    return { stream: response, offset, total: Number(range[2]), tag }
  }
  const length = Number(headers['content-length'] ?? Number.NaN)
  return { stream: response, offset: 0, total: Number.isFinite(length) ? length : undefined, tag }
}

async function ask(address: URL, options: OpenOptions): Promise<IncomingMessage> {
  const { environment, signal, offset = 0, tag } = options
  const secure = address.protocol === 'https:'
  const secureContext = secure ? trustContext(environment) : undefined
  const { request } = await (secure ? import('node:https') : import('node:http'))
  const login = loginFor(address, environment)
  const settings: RequestOptions & { secureContext?: typeof secureContext } = {
    agent: await agentFor(address, environment, secureContext),
    headers: {
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': `gopack/${toolVersion}`,
      ...(login === undefined ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` }),
      ...(offset === 0 ? {} : { range: `bytes=${offset}-`, ...(tag === undefined ? {} : { 'if-range': tag }) }),
    },
    ...(signal === undefined ? {} : { signal }),
    ...(secureContext === undefined ? {} : { secureContext }),
  }
  const bare = new URL(address)
  bare.username = bare.password = ''
  return new Promise((resolve, reject) => {
    const asked = request(bare, settings, resolve)
    const limit = silenceLimit(environment)
    const timer = setTimeout(() => asked.destroy(new NetworkTrouble('passing', `it has been silent for ${limit / 1000} s`)), limit)
    asked.once('response', () => clearTimeout(timer))
    // Later errors belong to the stream's reader; this listener stays, so that none is ever without one.
    asked.on('error', (error) => (clearTimeout(timer), reject(error)))
    asked.end()
  })
}

/** `name:password` of the address itself, else of the netrc file; the latter goes over encrypted connections only. */
function loginFor(address: URL, environment: NodeJS.ProcessEnv): string | undefined {
  if (address.username !== '' || address.password !== '') {
    const password = decoded(address.password)
    markSecret(password)
    return `${decoded(address.username)}:${password}`
  }
  if (address.protocol !== 'https:' || readGoAccess(environment).authentication === 'off') return undefined
  const found = readNetrc(netrcFile(environment)).find(({ machine }) => machine === address.hostname)
  if (found === undefined) return undefined
  markSecret(found.password)
  return `${found.login}:${found.password}`
}
