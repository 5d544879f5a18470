/** Longest first: of a secret that begins with another one nothing is left over. */
let secrets: readonly string[] = []

/** Marks a value as secret where it enters, and each of its lines: from then on nothing gopack prints shows them. */
export function markSecret(value: string): void {
  const parts = [value, ...value.split(/[\r\n]+/).map((line) => line.trim())]
  // Masking a character or two would only garble what is printed.
  const all = new Set([...secrets, ...parts.filter(({ length }) => length > 3)])
  secrets = [...all].toSorted((a, b) => b.length - a.length)
}

/** Marks the logins and the query values of a list of addresses (GOPROXY), well-formed or not: the go command prints them in its errors. */
export function markAddressSecrets(setting: string): void {
  for (const entry of setting.split(/[,|]/)) {
    const login = /^[a-z][a-z0-9+.-]*:\/\/([^]*)@/i.exec(entry.trim())?.[1]
    const password = login?.slice(login.indexOf(':') + 1)
    const values = [...entry.matchAll(/[?&][^=&#]*=([^&#]*)/g)].map(([, value]) => value)
    for (const secret of [login, password, ...values]) if (secret !== undefined && !entry.startsWith('file:')) markSecret(secret)
  }
}

/** Replaces marked values, and credentials in URLs, by ***: for everything that is printed. */
export function maskSecrets(text: string): string {
  const masked = secrets.reduce((result, secret) => result.replaceAll(secret, '***'), text)
  return masked.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s"']+@/gi, '$1***@')
}

/**
 * An address, well-formed or not, as people may see it: nothing before its last @ and nothing of its query. In an address that
 * cannot be parsed a password may hold any character.
 */
export function maskAddress(address: string): string {
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/)?([^]*)$/i.exec(address) ?? []
  // Files have no logins, and folders may have an @.
  if (scheme.toLowerCase() === 'file://' || /^(\/|[a-z]:[\\/])/i.test(rest)) return maskSecrets(address)
  return scheme + rest.replace(/^[^]*@/, '***@').replace(/\?[^]*$/, '?***')
}

/** JSON of a value with every text in it masked: before quoting, because quoting changes a secret's characters. */
export function maskedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? maskSecrets(inner) : inner), 2)
}
