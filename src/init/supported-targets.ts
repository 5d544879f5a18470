import type { GoToolchain } from '../go/environment.ts'
import { targetEnvironment, targetName, type SupportedTarget, type Target } from '../go/targets.ts'
import { run } from '../host/exec.ts'

const windows: readonly Target[] = ['amd64', 'arm64', '386'].map((arch) => ({ os: 'windows', arch }))

// The second is how modules say it on purpose: a file of another package under the constraint (delve does).
const ruledOut = /build constraints exclude all Go files|found packages \S+ \(/

/**
 * The Windows targets that nothing the programs import rules out by its build constraints.
 * Only what is on this machine is read; a dependency that was not downloaded yet rules nothing out.
 */
export async function windowsTargets(
  folders: readonly string[],
  go: GoToolchain,
  workspace: string,
  offered: readonly SupportedTarget[],
  signal?: AbortSignal,
): Promise<string[]> {
  const known = windows.filter(({ os, arch }) => offered.some(({ GOOS, GOARCH }) => GOOS === os && GOARCH === arch))
  const supported = await Promise.all(
    known.map(async (target) => {
      const env = { ...go.environment, ...targetEnvironment(target), GOWORK: workspace, CGO_ENABLED: '0', GOPROXY: 'off' }
      const lists = await Promise.all(
        folders.map((cwd) =>
          run(
            { file: 'go', args: ['list', '-e', '-deps', '-buildvcs=false', '-f', '{{with .Error}}{{.Err}}{{end}}', '.'], env, cwd },
            { signal },
          ),
        ),
      )
      return !lists.some(({ stdout }) => ruledOut.test(stdout))
    }),
  )
  return known.filter((_, index) => supported[index]).map(targetName)
}
