/**
 * Why something could not be had from a server. `missing`: it says there is no such thing (404, 410); `refused`: trying again
 * would change nothing; `passing`: it might.
 */
export class NetworkTrouble extends Error {
  override readonly name = 'NetworkTrouble'
  readonly kind: 'missing' | 'refused' | 'passing'

  constructor(kind: NetworkTrouble['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

/** Node's own errors in a few words. What is no trouble of the network is thrown on. */
export function asTrouble(error: unknown): NetworkTrouble {
  if (error instanceof NetworkTrouble) return error
  const { code = '', message = '' } = error as NodeJS.ErrnoException
  if (/CERT|SELF_SIGNED|UNABLE_TO_/.test(code))
    return new NetworkTrouble(
      'refused',
      `its certificate is not trusted (${code}); name the file with your company's certificate authority in SSL_CERT_FILE or NODE_EXTRA_CA_CERTS`,
    )
  if (ofDisk.has(code)) throw error
  const known = words[code]
  if (known !== undefined) return new NetworkTrouble('passing', known)
  if (/^(E[A-Z]+|UND_ERR|HPE_|ERR_(SSL|TLS|HTTP|STREAM|SOCKET))/.test(code)) return new NetworkTrouble('passing', `${message} (${code})`)
  throw error
}

/** What only a disk says: trying again would change nothing. */
const ofDisk: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EFBIG', 'EMFILE', 'ENFILE'])

const words: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known to the name server',
  EAI_AGAIN: 'the name server does not answer',
  ECONNREFUSED: 'it refuses the connection',
  ECONNRESET: 'the connection broke',
  ERR_STREAM_PREMATURE_CLOSE: 'the connection broke',
  EPIPE: 'the connection broke',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
}
