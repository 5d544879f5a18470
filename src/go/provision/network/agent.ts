import type { Agent } from 'node:http'
import type { SecureContext } from 'node:tls'
import { markSecret } from '../../../host/mask.ts'
import { decoded, withDecodableLogin } from './login.ts'
import { proxyFor } from './proxy-setting.ts'
import { NetworkTrouble } from './trouble.ts'

/**
 * The way to an address: through the proxy the environment names, else straight (false).
 * @throws NetworkTrouble for a kind of proxy gopack cannot use
 */
export async function agentFor(
  address: URL,
  environment: NodeJS.ProcessEnv,
  secureContext: SecureContext | undefined,
): Promise<Agent | false> {
  const setting = proxyFor(address, environment)
  if (setting === undefined) return false
  const proxy = withDecodableLogin(setting)
  if (proxy.password !== '') markSecret(decoded(proxy.password))
  if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:')
    throw new NetworkTrouble('refused', `the proxy ${proxy.protocol}//${proxy.host} is of a kind gopack cannot use (http and https it can)`)
  const options = secureContext === undefined ? {} : { secureContext }
  if (address.protocol === 'https:') return new (await import('https-proxy-agent')).HttpsProxyAgent(proxy, options)
  return new (await import('http-proxy-agent')).HttpProxyAgent(proxy, options)
}
