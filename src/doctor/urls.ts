/** Takes credentials out of an address: everything before the last @ of the host part, and the query. */
export function withoutCredentials(address: string): string {
  return address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1***@').replace(/\?.*$/, '?***')
}
