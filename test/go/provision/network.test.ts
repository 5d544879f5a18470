import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer as createPlain, request as ask, type IncomingMessage } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../helpers/temporary.ts'
import { describeWith } from '../../helpers/tools.ts'
import { provideFake, zipPath } from './support/provide.ts'
import { answerWith, serve, type Answer } from './support/server.ts'
import { fakeGo, moduleZip, testVersion } from './support/toolchain.ts'

const fake = fakeGo(testVersion, 100_000)
const zip = moduleZip(fake)

interface Certificate {
  readonly file: string
  readonly key: string
}

/** A certificate of nobody's that is its own authority. */
function certificateFor(name: string): Certificate {
  const folder = temporaryFolder()
  const [file, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name},IP:127.0.0.1`, '-newkey', 'rsa:2048', '-nodes']
  execFileSync('openssl', ['req', '-x509', ...subject, '-keyout', key, '-out', file], { stdio: 'ignore' })
  return { file, key }
}

async function serveSecurely({ file, key }: Certificate, answer: (request: IncomingMessage) => Answer): Promise<number> {
  const server = createSecure({ cert: readFileSync(file), key: readFileSync(key) }, (request, response) =>
    answerWith(answer(request), request, response),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => (server.closeAllConnections(), void server.close()))
  return (server.address() as AddressInfo).port
}

interface CompanyProxy {
  readonly port: number
  readonly asked: string[]
}

/** A company's proxy: takes every name for this machine, and lets in who has the login. */
async function companyProxy(login?: string): Promise<CompanyProxy> {
  const asked: string[] = []
  const expected = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`
  const server = createPlain((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const { port, pathname } = new URL(request.url!)
    const onward = ask({ host: '127.0.0.1', port, path: pathname, headers: { ...request.headers, host: 'x' } }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
    })
    onward.end()
  })
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`)
    if (expected !== undefined && request.headers['proxy-authorization'] !== expected)
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    const onward = connect(Number(request.url!.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      onward.pipe(socket)
      socket.pipe(onward)
    })
    for (const end of [onward, socket]) end.on('error', () => (onward.destroy(), socket.destroy()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => (server.closeAllConnections(), void server.close()))
  return { port: (server.address() as AddressInfo).port, asked }
}

describeWith(['openssl'], 'the way to a proxy', () => {
  it('goes through the proxy of the company, with its login and its certificate authority', async () => {
    const certificate = certificateFor('goproxy.corp')
    const port = await serveSecurely(certificate, () => zip)
    const { port: proxyPort, asked } = await companyProxy('me:secret')
    const way = { GOPROXY: `https://goproxy.corp:${port}`, HTTPS_PROXY: `me:secret@127.0.0.1:${proxyPort}` }
    for (const variable of ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS']) {
      expect((await provideFake(fake, { ...way, [variable]: certificate.file })).error).toBeUndefined()
    }
    expect(asked).toEqual(Array.from({ length: 2 }, () => `CONNECT goproxy.corp:${port}`))
    const untrusted = await provideFake(fake, way)
    expect(untrusted.error?.output.join()).toMatch(/certificate is not trusted .*SSL_CERT_FILE or NODE_EXTRA_CA_CERTS/)
    const locked = await provideFake(fake, { ...way, HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`, SSL_CERT_FILE: certificate.file })
    expect([locked.error?.code, locked.error?.output.join()]).toEqual(['GO_UNREACHABLE', expect.stringContaining('407')])
  })

  it('asks plain proxies through HTTP_PROXY, and those in NO_PROXY not', async () => {
    const server = await serve({ [zipPath()]: zip })
    const { port, asked } = await companyProxy()
    const address = server.url.replace('127.0.0.1', 'goproxy.corp')
    expect((await provideFake(fake, { GOPROXY: address, HTTP_PROXY: `127.0.0.1:${port}` })).error).toBeUndefined()
    expect(asked).toEqual([`GET ${address}${zipPath()}`])
    await provideFake(fake, { GOPROXY: `${address}|off`, HTTP_PROXY: `127.0.0.1:${port}`, NO_PROXY: 'corp' })
    expect((await provideFake(fake, { GOPROXY: server.url, HTTP_PROXY: `127.0.0.1:${port}` })).error).toBeUndefined()
    expect(asked).toHaveLength(1)
  })

  it('takes logins from netrc, and gives them to nobody else', async () => {
    const certificate = certificateFor('localhost')
    const seen: (string | undefined)[] = []
    const other = await serve({})
    other.answers.set('/elsewhere', (request, response) => (seen.push(request.headers.authorization), answerWith(zip, request, response)))
    const elsewhere = await serveSecurely(certificate, (request) => (seen.push(request.headers.authorization), zip))
    const port = await serveSecurely(certificate, (request) => (_request, response) => {
      seen.push(request.headers.authorization)
      response.writeHead(302, { location: `https://127.0.0.1:${elsewhere}/zip` }).end()
    })
    const netrc = join(temporaryFolder(), 'netrc')
    writeFileSync(netrc, 'machine localhost\n\tlogin me\n\tpassword secret-of-netrc\n')
    const environment = { GOPROXY: `https://localhost:${port}`, NETRC: netrc, SSL_CERT_FILE: certificate.file }
    expect((await provideFake(fake, environment)).error).toBeUndefined()
    expect(seen).toEqual([`Basic ${Buffer.from('me:secret-of-netrc').toString('base64')}`, undefined])
    seen.length = 0
    await provideFake(fake, { ...environment, GOAUTH: 'off' })
    expect(seen).toEqual([undefined, undefined])
  })

  it('does not go from an encrypted address to one that is not', async () => {
    const certificate = certificateFor('localhost')
    const plain = await serve({ [zipPath()]: zip })
    const port = await serveSecurely(
      certificate,
      () => (_request, response) => void response.writeHead(302, { location: plain.url + zipPath() }).end(),
    )
    const { error } = await provideFake(fake, { GOPROXY: `https://localhost:${port}`, SSL_CERT_FILE: certificate.file })
    expect([error?.output.join(), plain.log]).toEqual([expect.stringContaining('not safe'), []])
  })
})
