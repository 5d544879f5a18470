/** A part of a login in an address without its percent signs; as it is where it cannot be decoded: then nobody has encoded it. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The same address with a login that everybody can decode. */
export function withDecodableLogin(address: URL): URL {
  const result = new URL(address)
  result.username = encodeURIComponent(decoded(address.username))
  result.password = encodeURIComponent(decoded(address.password))
  return result
}
