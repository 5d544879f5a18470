/** The lowest Windows a Go version supports (Go's release notes and minimum requirements); null for a version that is none. */
export function lowestWindows(goVersion: string, arch: string | null): string | null {
  const minor = /\bgo1\.(\d+)/.exec(goVersion)?.[1]
  if (minor === undefined) return null
  if (arch === 'arm64' || Number(minor) >= 21) return 'Windows 10, Server 2016'
  return Number(minor) >= 11 ? 'Windows 7, Server 2008 R2' : 'Windows XP, Server 2003'
}
