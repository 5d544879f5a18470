const secrets = new Set<string>()

/** Marks a value as secret where it enters: from then on nothing gopack prints shows it. */
export function markSecret(value: string): void {
  // Masking a character or two would only garble what is printed.
  if (value.length > 3) secrets.add(value)
}

/** Replaces marked values, and credentials in URLs, by ***: for everything that is printed. */
export function maskSecrets(text: string): string {
  const masked = [...secrets].reduce((result, secret) => result.replaceAll(secret, '***'), text)
  return masked.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s"']+@/gi, '$1***@')
}

/** JSON of a value with every text in it masked: before quoting, because quoting changes a secret's characters. */
export function maskedJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? maskSecrets(inner) : inner), 2)
}
