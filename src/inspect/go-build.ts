import { readRawBuildInfo, type AddressSpace } from '../pe/build-info.ts'
import { parseBuildInfoText, type BuildInfoText } from '../pe/build-info-text.ts'
import type { AddFinding } from './findings.ts'
import type { GoBuild } from './types.ts'

/** Go's build information of an executable of any format; null when Go did not make it. */
export async function readGoBuild(space: AddressSpace, add: AddFinding): Promise<GoBuild | null> {
  const raw = await readRawBuildInfo(space)
  if (raw === undefined) return null
  try {
    return describe(raw.goVersion, parseBuildInfoText(raw.modules))
  } catch (error) {
    add('BAD_BUILD_INFORMATION', `The Go build information cannot be read: ${(error as Error).message}.`)
    return describe(raw.goVersion, { path: '', main: null, deps: [], settings: [] })
  }
}

function describe(version: string, text: BuildInfoText): GoBuild {
  const setting = (key: string): string | null => text.settings.find((one) => one.key === key)?.value ?? null
  const system = setting('vcs')
  const modified = setting('vcs.modified')
  const cgo = setting('CGO_ENABLED')
  const variant = text.settings.find(({ key }) => /^GO(?:AMD64|386|ARM64|ARM|MIPS|MIPS64|PPC64|RISCV64|WASM)$/.test(key))
  return {
    version,
    ...text,
    vcs:
      system === null
        ? null
        : {
            system,
            revision: setting('vcs.revision'),
            time: setting('vcs.time'),
            modified: modified === null ? null : modified === 'true',
          },
    cgo: cgo === null ? null : cgo === '1',
    variant: variant === undefined ? null : { name: variant.key, value: variant.value },
    ldflags: setting('-ldflags'),
  }
}

/** GOOS and GOARCH from the build settings, which know them better than the file format does. */
export function targetSettings(go: GoBuild | null): { readonly os: string | null; readonly arch: string | null } {
  const setting = (key: string): string | null => go?.settings.find((one) => one.key === key)?.value ?? null
  return { os: setting('GOOS'), arch: setting('GOARCH') }
}
