import type { GoHost, PinnedGo } from './types.ts'

/**
 * The hashes of the Go gopack brings with it, as the checksum database sum.golang.org has them for the module
 * golang.org/toolchain (v0.0.1-goVERSION.OS-ARCH). Found by `go mod download`, which checks the database's signature.
 * The official archives hold the same files and some more, so the same hash is right for them too (module-hash.ts).
 */
export const pinnedGo: PinnedGo = {
  '1.26.10': {
    'linux/amd64': 'h1:5VAGHlY8yl8pTPVSNIez3SNMy6fWabs+QMR25f3oMT0=',
    'linux/arm64': 'h1:TuAzKmE5TqYnXpnhgY3GtBJCVg4AfNDA/K1gLyX5Hig=',
    'darwin/amd64': 'h1:0JApOD+sH1DW6WwvTcnIvl6MSylguxhQuhTbt6RJ1uo=',
    'darwin/arm64': 'h1:SfEWw1me2He9ojf4S+M6xTnGOP6CosVO88yaBsEgjJ0=',
    'windows/amd64': 'h1:ZCie1G8rYCijtritoBcOAGoxxCrhTVDHTvM423D7b/o=',
  },
}

const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' }
const systems: Readonly<Record<string, string>> = { win32: 'windows', sunos: 'solaris' }

/** This machine, in Go's words. */
export const thisHost = (): GoHost => ({
  os: systems[process.platform] ?? process.platform,
  arch: architectures[process.arch] ?? process.arch,
})

export const hostName = ({ os, arch }: GoHost): string => `${os}/${arch}`

/** The hash of a version for a machine, where gopack knows it. */
export const pinnedHash = (pinned: PinnedGo, version: string, host: GoHost): string | undefined => pinned[version]?.[hostName(host)]

/**
 * The machine whose pinned Go runs here: the own one, and on Windows on ARM that for amd64, which Windows emulates.
 */
export function bootstrapHost(pinned: PinnedGo, host: GoHost): GoHost | undefined {
  const candidates = host.os === 'windows' && host.arch === 'arm64' ? [host, { ...host, arch: 'amd64' }] : [host]
  return candidates.find((candidate) => Object.values(pinned).some((hashes) => hashes[hostName(candidate)] !== undefined))
}
