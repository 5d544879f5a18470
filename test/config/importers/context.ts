import { importGoReleaser } from '../../../src/config/importers/goreleaser/index.ts'
import { importRc } from '../../../src/config/importers/rc/index.ts'
import type { ImportContext, Imported } from '../../../src/config/importers/types.ts'
import { importVersionInfo } from '../../../src/config/importers/versioninfo/index.ts'
import { importWinres } from '../../../src/config/importers/winres/index.ts'

const systems =
  'windows/amd64 windows/arm64 windows/386 linux/amd64 linux/arm64 linux/386 linux/arm linux/mips64le linux/riscv64 darwin/amd64 darwin/arm64 freebsd/amd64'

/** A module with a few files, as importers see it. */
export function context(more: Partial<ImportContext> = {}): ImportContext {
  const files = [
    'LICENSE',
    'README.md',
    'app.ico',
    'cmd/hello/app.ico',
    'cmd/hello/small.png',
    'cmd/hello/large.png',
    'cmd/hello/app.manifest',
    'conf/a.yaml',
  ]
  return {
    folder: '/module',
    top: '/module',
    rebase: (path) => path,
    modulePath: 'example.com/hello',
    supported: new Set(systems.split(' ')),
    goVersion: 'go1.26.8',
    tagStart: 'v',
    matches: (pattern) => files.includes(pattern) || ['conf', 'conf/*.yaml', 'README*'].includes(pattern),
    isFolder: (path) => path === 'conf',
    isFile: (path) => files.includes(path),
    pngWidth: (path) => (path.includes('large') ? 256 : path.endsWith('.png') ? 16 : 0),
    ...more,
  }
}

const source = (file: string, text: string | Buffer) => ({ path: `/module/${file}`, file, bytes: Buffer.from(text) })

export const goreleaser = (text: string, more?: Partial<ImportContext>): Imported =>
  importGoReleaser(source('.goreleaser.yml', text), context(more))
export const winres = (value: unknown, more?: Partial<ImportContext>): Imported =>
  importWinres(source('cmd/hello/winres.json', typeof value === 'string' ? value : JSON.stringify(value, null, 2)), context(more))
export const versioninfo = (value: unknown, more?: Partial<ImportContext>): Imported =>
  importVersionInfo(source('cmd/hello/versioninfo.json', JSON.stringify(value, null, 2)), context(more))
export const rc = (text: string | Buffer, more?: Partial<ImportContext>): Imported =>
  importRc(source('cmd/hello/app.rc', text), context(more))

/** `12 builds[0].goos: reason` for each that is left. */
export const leftOf = ({ left }: Imported): string[] => left.map(({ line, key, value, reason }) => `${line} ${key} [${value}] ${reason}`)

export const carriedOf = ({ carried }: Imported): string[] => carried.map(({ key, value, to }) => `${key} [${value}] ${to}`)
