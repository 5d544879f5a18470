import { exceptionVariables, firstOf, proxyVariables } from '../../go/provision/network/proxy-setting.ts'
import { fail, ok, warn } from '../results.ts'
import type { Check } from '../types.ts'
import { withoutCredentials } from '../urls.ts'

/** The proxy of the company's network: Go, git and gopack read it from the same variables. */
export const networkProxyCheck: Check = {
  id: 'network-proxy',
  title: 'Network proxy',
  run({ environment }) {
    const settings = [
      ['HTTPS_PROXY', firstOf(proxyVariables['https:'], environment)],
      ['HTTP_PROXY', firstOf(proxyVariables['http:'], environment)],
    ].filter((entry): entry is [string, string] => entry[1] !== '')
    const wrong = settings.find(([, value]) => !isAddress(value))
    if (wrong !== undefined) return fail(`${wrong[0]} is ${withoutCredentials(wrong[1])}, which is no address`, 'Use http://HOST:PORT.')
    const exceptions = firstOf(exceptionVariables, environment)
    const shown = settings.map(([name, value]) => `${name}=${withoutCredentials(withScheme(value))}`)
    const detail = [...shown, ...(exceptions === '' || shown.length === 0 ? [] : [`NO_PROXY=${exceptions}`])].join(' ')
    if (settings.length === 1 && settings[0]![0] === 'HTTP_PROXY')
      return warn(`${detail}, but no HTTPS_PROXY: module proxies are asked over https`, 'Set HTTPS_PROXY too.')
    return ok(settings.length === 0 ? 'none' : detail)
  },
}

const withScheme = (value: string): string => (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`)

function isAddress(value: string): boolean {
  const text = withScheme(value)
  return URL.canParse(text) && /^(https?|socks5h?):$/.test(new URL(text).protocol)
}
