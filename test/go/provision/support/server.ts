import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a loopback server answers for a path: content, a status, or whatever a function does. */
export type Answer = Buffer | string | number | ((request: IncomingMessage, response: ServerResponse) => void)

export interface TestServer {
  readonly url: string
  /** `METHOD path range` of every request. */
  readonly log: string[]
  readonly answers: Map<string, Answer>
}

/** A server on the loopback address that serves parts too; anything not named is 404. */
export async function serve(answers: Readonly<Record<string, Answer>>): Promise<TestServer> {
  const log: string[] = []
  const known = new Map(Object.entries(answers))
  const server: Server = createServer((request, response) => {
    const path = request.url ?? ''
    log.push(`${request.method} ${path}${request.headers.range === undefined ? '' : ` ${request.headers.range}`}`)
    answerWith(known.get(path) ?? 404, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log, answers: known }
}

export function answerWith(answer: Answer, request: IncomingMessage, response: ServerResponse): void {
  if (typeof answer === 'function') return answer(request, response)
  if (typeof answer === 'number') return void response.writeHead(answer).end()
  const content = Buffer.from(answer as string)
  const start = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]
  if (start === undefined) return void response.writeHead(200, { 'content-length': content.length, etag: '"1"' }).end(content)
  const rest = content.subarray(Number(start))
  const range = `bytes ${start}-${content.length - 1}/${content.length}`
  response.writeHead(206, { 'content-length': rest.length, 'content-range': range, etag: '"1"' }).end(rest)
}

/** Sends the first bytes of what it should and then breaks the connection, as often as told; after that it does as it should. */
export function breaking(content: Buffer, bytes: number, times: number, parts = true): Answer {
  let left = times
  return (request, response) => {
    if (!parts) delete request.headers.range
    if (left-- <= 0) return answerWith(content, request, response)
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const rest = content.subarray(start)
    if (start === 0) response.writeHead(200, { 'content-length': rest.length, etag: '"1"' })
    else
      response.writeHead(206, {
        'content-length': rest.length,
        'content-range': `bytes ${start}-${content.length - 1}/${content.length}`,
        etag: '"1"',
      })
    response.write(rest.subarray(0, bytes), () => setTimeout(() => response.destroy(), 20))
  }
}
