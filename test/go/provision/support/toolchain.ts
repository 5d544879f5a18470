import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { makeZip, type ZipMember } from '../../../inspect/make-zip.ts'

/** A Go that is none: a shell script that gives a version, and a few files of the kinds a Go has. */
export interface FakeGo {
  readonly version: string
  readonly host: { readonly os: string; readonly arch: string }
  /** Path below GOROOT → content, named as in a module zip. */
  readonly files: ReadonlyMap<string, string>
  /** h1, found with a few lines of the test's own. */
  readonly hash: string
}

export const testHost = { os: 'linux', arch: 'amd64' }
export const testVersion = '1.99.1'

/** @param size bytes of random filling, so that a transfer takes a moment */
export function fakeGo(version = testVersion, size = 3_000_000): FakeGo {
  const filling = createHash('shake256', { outputLength: size / 2 })
    .update('gopack')
    .digest('hex')
  const files = new Map([
    ['VERSION', `go${version}\n`],
    ['bin/go', `#!/bin/sh\necho "go version go${version} linux/amd64"\n`],
    ['pkg/tool/linux_amd64/compile', '#!/bin/sh\n'],
    ['src/_go.mod', 'module std\n'],
    ['src/empty.go', ''],
    ['src/large.bin', filling],
    ...Array.from({ length: 300 }, (_, index): [string, string] => [`src/p${index % 20}/file${index}.go`, `package p${index % 20}\n`]),
  ])
  return { version, host: testHost, files, hash: h1Of(files, version) }
}

export const prefixOf = (version: string): string => `golang.org/toolchain@v0.0.1-go${version}.linux-amd64/`

export function h1Of(files: ReadonlyMap<string, string>, version: string): string {
  const hex = (text: string): string => createHash('sha256').update(text).digest('hex')
  const names = [...files.keys()].map((path) => prefixOf(version) + path).toSorted()
  const lines = names.map((name) => `${hex(files.get(name.slice(prefixOf(version).length))!)}  ${name}\n`)
  return `h1:${createHash('sha256').update(lines.join('')).digest('base64')}`
}

/** The module zip, with more members at its end when a test wants them. */
export const moduleZip = ({ version, files }: FakeGo, more: readonly ZipMember[] = []): Buffer =>
  makeZip([...[...files].map(([path, data]) => ({ name: prefixOf(version) + path, data, mode: 0 })), ...more])

/** The official archive: go/, with go.mod and the folders the module has not. */
export async function officialTar(
  { files }: FakeGo,
  more: readonly { name: string; content: string; linkname?: string }[] = [],
): Promise<Buffer> {
  const tar = pack()
  for (const [path, content] of files) tar.entry({ name: `go/${path.replace('_go.mod', 'go.mod')}`, mode: 0o644 }, content)
  tar.entry({ name: 'go/test/fixedbugs/x.go' }, 'package x\n')
  tar.entry({ name: 'go/doc/', type: 'directory' })
  for (const { name, content, linkname } of more)
    tar.entry(linkname === undefined ? { name } : { name, type: 'symlink', linkname }, content)
  tar.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of tar) chunks.push(chunk as Buffer)
  return gzipSync(Buffer.concat(chunks))
}

export const officialZip = ({ files }: FakeGo): Buffer =>
  makeZip([...files].map(([path, data]) => ({ name: `go/${path.replace('_go.mod', 'go.mod')}`, data, mode: 0 })))

/** The form of go.dev/dl/?mode=json&include=all. */
export const officialList = (version: string, filename: string, content: Buffer): string =>
  JSON.stringify([
    {
      version: `go${version}`,
      stable: true,
      files: [
        { filename: `go${version}.src.tar.gz`, os: '', arch: '', version: `go${version}`, sha256: '0'.repeat(64), size: 1, kind: 'source' },
        {
          filename,
          os: 'linux',
          arch: 'amd64',
          version: `go${version}`,
          sha256: createHash('sha256').update(content).digest('hex'),
          size: content.length,
          kind: 'archive',
        },
      ],
    },
  ])
