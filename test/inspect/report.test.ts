import { expect, test } from 'vitest'
import { renderInspection } from '../../src/inspect/report.ts'
import type { ArchiveInspection, DistInspection, OtherExecutableInspection, PeInspection } from '../../src/inspect/types.ts'

const sha256 = '0123456789abcdef'.repeat(4)

const exe: PeInspection = {
  kind: 'executable',
  path: 'dist/windows_amd64/hello.exe',
  ok: true,
  findings: [{ level: 'warning', code: 'FOREIGN_DLL', message: 'libstdc++-6.dll is not part of Windows.', subject: 'libstdc++-6.dll' }],
  size: 3_123_456,
  sha256,
  format: 'pe',
  os: 'windows',
  arch: 'amd64',
  bits: 64,
  machine: '0x8664',
  subsystem: 'console',
  subsystemVersion: '6.1',
  timestamp: 0,
  imageBase: '0x140000000',
  characteristics: { value: 0x22, names: ['executable', 'large-address-aware'] },
  dllCharacteristics: { value: 0x8160, names: ['high-entropy-aslr', 'aslr', 'nx', 'terminal-server-aware'] },
  checksum: { stated: 4711, computed: 4711, state: 'right' },
  symbols: false,
  debugInformation: false,
  sections: [
    {
      name: '.text',
      virtualAddress: 4096,
      virtualSize: 1_100_000,
      offset: 1536,
      size: 1_100_288,
      flags: { value: 0x6000_0020, names: ['code', 'execute', 'read'] },
    },
    {
      name: '.data',
      virtualAddress: 2_000_000,
      virtualSize: 90_000,
      offset: 2_000_384,
      size: 46_592,
      flags: { value: 0xc000_0040, names: ['data', 'read', 'write'] },
    },
    {
      name: '.rsrc',
      virtualAddress: 3_000_000,
      virtualSize: 900,
      offset: 3_000_320,
      size: 1024,
      flags: { value: 0x4000_0040, names: ['data', 'read'] },
    },
  ],
  versionInformation: [
    {
      language: '0409',
      fixed: {
        fileVersion: [1, 4, 2, 0],
        productVersion: [1, 4, 2, 0],
        flagsMask: 63,
        flags: 2,
        flagNames: ['prerelease'],
        os: 0x40004,
        type: 1,
        subtype: 0,
      },
      strings: {
        '040904b0': {
          ProductName: 'Hello',
          ProductVersion: '1.4.2+20261121.1530',
          CompanyName: 'Example Ltd',
          FileDescription: 'Says hello',
          LegalCopyright: '© 2026',
        },
        '041104b0': { ProductName: 'こんにちは' },
      },
      translations: ['040904b0', '041104b0'],
    },
  ],
  icons: [
    {
      name: 'APPICON',
      language: '0409',
      images: [
        { id: 1, width: 16, height: 16, depth: 8, format: 'bmp', size: 1000 },
        { id: 2, width: 32, height: 32, depth: 32, format: 'bmp', size: 4000 },
        { id: 3, width: 256, height: 256, depth: 32, format: 'png', size: 9000 },
      ],
    },
  ],
  manifest: {
    name: '#1',
    language: '0409',
    xml: '<assembly/>',
    identity: { name: 'Hello', version: '1.4.2.0', type: 'win32', architecture: '*' },
    executionLevel: 'asInvoker',
    uiAccess: false,
    dpiAware: null,
    dpiAwareness: 'PerMonitorV2',
    longPaths: true,
    codePage: 'UTF-8',
    heap: null,
    gdiScaling: false,
    supportedWindows: ['10/11', '7'],
    commonControls: true,
  },
  resources: [],
  imports: [
    { dll: 'kernel32.dll', delayed: false, functions: ['ExitProcess'], count: 1, partOfWindows: true },
    { dll: 'libstdc++-6.dll', delayed: true, functions: ['a', 'b'], count: 2, partOfWindows: false },
  ],
  signature: { verified: false, offset: 3_110_000, size: 13_456, entries: 1 },
  overlay: { offset: 3_109_000, size: 1000 },
  lowestWindows: 'Windows 10, Server 2016',
  go: {
    version: 'go1.26.8',
    path: 'example.com/hello/cmd/hello',
    main: { path: 'example.com/hello', version: 'v1.4.2', sum: '', replace: null },
    deps: [{ path: 'a', version: 'v1.0.0', sum: 'h1:x=', replace: null }],
    settings: [],
    vcs: { system: 'git', revision: 'a'.repeat(40), time: '2026-11-21T15:30:00Z', modified: true },
    cgo: true,
    variant: { name: 'GOAMD64', value: 'v1' },
    ldflags: '-s -w',
  },
}

const linux: OtherExecutableInspection = {
  kind: 'executable',
  path: 'hello',
  ok: true,
  findings: [],
  size: 812,
  sha256,
  format: 'elf',
  os: null,
  arch: 'arm64',
  bits: 64,
  symbols: true,
  debugInformation: false,
  go: null,
}

const archive: ArchiveInspection = {
  kind: 'archive',
  path: 'dist/hello_v1.4.2_windows_amd64.zip',
  ok: false,
  findings: [
    { level: 'error', code: 'UNSAFE_NAME', message: 'The entry "../x" leads out of the folder it is unpacked into.', subject: '../x' },
  ],
  format: 'zip',
  size: 1_200_000,
  sha256,
  traits: { sortedNames: true, noExtraFields: true, oneTime: false },
  entries: [
    {
      name: '../x',
      type: 'file',
      size: 5,
      compressedSize: 7,
      method: 'deflate',
      mode: null,
      modified: '2026-11-21T15:30:00',
      sha256,
      executable: null,
    },
    {
      name: 'hello',
      type: 'file',
      size: 812,
      compressedSize: 400,
      method: 'deflate',
      mode: '0755',
      modified: '2026-11-21T15:30:02',
      sha256,
      executable: linux,
    },
  ],
}

const dist: DistInspection = {
  kind: 'dist',
  path: 'dist',
  ok: false,
  findings: [{ level: 'error', code: 'FILE_MISSING', message: 'checksums.txt is listed and not there.', subject: 'checksums.txt' }],
  tool: 'gopack 0.1.0',
  go: 'go1.26.8',
  commit: 'a'.repeat(40),
  dirty: true,
  timestamp: '2026-11-21T15:30:00Z',
  artifacts: [
    {
      type: 'executable',
      app: 'hello',
      version: '1.4.2',
      tag: 'v1.4.2',
      target: 'linux/arm64',
      path: 'linux_arm64/hello',
      size: 812,
      sha256,
      state: 'ok',
      inspection: linux,
    },
    {
      type: 'checksum',
      app: null,
      version: null,
      tag: null,
      target: null,
      path: 'checksums.txt',
      size: 90,
      sha256,
      state: 'missing',
      inspection: null,
    },
  ],
}

test('an executable', async () => {
  await expect(renderInspection(exe, { color: false })).toMatchFileSnapshot('golden/executable.txt')
})

test('an executable of another system', async () => {
  await expect(renderInspection(linux, { color: false })).toMatchFileSnapshot('golden/linux.txt')
})

test('an archive', async () => {
  await expect(renderInspection(archive, { color: false })).toMatchFileSnapshot('golden/archive.txt')
})

test('a dist folder', async () => {
  await expect(renderInspection(dist, { color: false })).toMatchFileSnapshot('golden/dist.txt')
})

test('colours only when asked for', () => {
  // oxlint-disable-next-line no-control-regex
  const escape = /\u001b\[/
  expect(renderInspection(dist, { color: true })).toMatch(escape)
  expect(renderInspection(dist, { color: false })).not.toMatch(escape)
})

test("a stranger's file cannot write to the terminal", () => {
  const nasty = {
    ...linux,
    path: 'a\u001b[2Jb\u202ecod.exe',
    findings: [{ level: 'error', code: 'BAD_ICON', message: 'x\rgood', subject: null }] as const,
  }
  const text = renderInspection(nasty, { color: false })
  expect(text).toContain('a\\u{1b}[2Jb\\u{202e}cod.exe')
  expect(text).toContain('x\\u{d}good')
})
