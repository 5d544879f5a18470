import type { Command } from '../../host/exec.ts'
import type { LinkAssignment } from './ldflags.ts'

/** What the compile step of one lane will do. */
export interface CompilePlan {
  readonly step: 'compile'
  readonly importPath: string
  /** `go build`, without `-o`: the linker's output has a place of its own in the cache. */
  readonly command: Command
  /** Arguments after `-o FILE`; before it stands `build`. */
  readonly outputName: string
  /** -X flags that only the compiled package can judge: checked after compiling. */
  readonly checkAfterwards: readonly LinkAssignment[]
  readonly cgo: boolean
  /** The packages that hold C code; absent where nobody looked because cgo is off. */
  readonly cgoPackages?: readonly string[]
}
