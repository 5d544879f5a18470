/** Replaces secret values, and credentials in URLs, by ***: for everything that is printed. */
export function maskSecrets(text: string, secrets: readonly string[] = []): string {
  const masked = secrets.reduce((result, secret) => (secret === '' ? result : result.replaceAll(secret, '***')), text)
  return masked.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s"']+@/gi, '$1***@')
}
