import { run } from '../host/exec.ts'
import { findProgram } from '../host/find-program.ts'
import type { Target } from './targets.ts'

/** A C compiler as the go command takes it: program and arguments, separated by spaces. */
export interface CCompiler {
  readonly cc: string
  /** For C++; absent where only the user's CC is known. */
  readonly cxx?: string
}

/** A compiler that would do for a target. */
export interface CompilerCandidate extends CCompiler {
  /** As people name it. */
  readonly shown: string
}

/** C compilers that make programs for a target, best known first. */
export function compilerCandidates(target: Target, hostOs: string, hostArch: string): readonly CompilerCandidate[] {
  const native = target.os === hostOs && target.arch === hostArch ? [gnu('gcc', 'g++'), gnu('clang', 'clang++')] : []
  const { prefixes = [], zig } = crossCompilers[`${target.os}/${target.arch}`] ?? {}
  const cross = prefixes.map(([prefix, family]) =>
    family === 'gcc' ? gnu(`${prefix}-gcc`, `${prefix}-g++`) : gnu(`${prefix}-clang`, `${prefix}-clang++`),
  )
  const python = hostOs === 'windows' ? 'python' : 'python3'
  const zigs =
    zig === undefined ? [] : [zigOf('zig', 'zig', zig), zigOf(`${python} -m ziglang`, 'zig from the Python package ziglang', zig)]
  // The system's own compiler, where it makes programs for this system, is the one its users mean.
  return target.os === 'windows' ? [...cross, ...native, ...zigs] : [...native, ...cross, ...zigs]
}

const gnu = (cc: string, cxx: string): CompilerCandidate => ({ cc, cxx, shown: cc })

const zigOf = (zig: string, shown: string, target: string): CompilerCandidate => ({
  cc: `${zig} cc -target ${target}`,
  cxx: `${zig} c++ -target ${target}`,
  shown,
})

interface CrossCompilers {
  /** What the names of its tools begin with, and which family it is of. */
  readonly prefixes?: readonly (readonly [string, 'gcc' | 'clang'])[]
  /** The target's name for `zig cc`. */
  readonly zig: string
}

const crossCompilers: Readonly<Record<string, CrossCompilers>> = {
  'windows/amd64': {
    prefixes: [
      ['x86_64-w64-mingw32', 'gcc'],
      ['x86_64-w64-mingw32', 'clang'],
    ],
    zig: 'x86_64-windows-gnu',
  },
  'windows/386': {
    prefixes: [
      ['i686-w64-mingw32', 'gcc'],
      ['i686-w64-mingw32', 'clang'],
    ],
    zig: 'x86-windows-gnu',
  },
  'windows/arm64': {
    prefixes: [
      ['aarch64-w64-mingw32', 'clang'],
      ['aarch64-w64-mingw32', 'gcc'],
    ],
    zig: 'aarch64-windows-gnu',
  },
  'linux/amd64': { prefixes: [['x86_64-linux-gnu', 'gcc']], zig: 'x86_64-linux-gnu' },
  'linux/arm64': { prefixes: [['aarch64-linux-gnu', 'gcc']], zig: 'aarch64-linux-gnu' },
}

/** The first candidate that is installed. */
export async function findCompiler(candidates: readonly CompilerCandidate[], signal?: AbortSignal): Promise<CompilerCandidate | undefined> {
  for (const candidate of candidates) if (await isInstalled(candidate.cc, signal)) return candidate
  return undefined
}

/** On PATH; and for a module of Python's, known to that Python. */
async function isInstalled(cc: string, signal: AbortSignal | undefined): Promise<boolean> {
  const [program = '', flag, module = ''] = cc.split(' ')
  if (findProgram(program) === undefined) return false
  if (flag !== '-m') return true
  const args = ['-c', `import importlib.util, sys; sys.exit(importlib.util.find_spec("${module}") is None)`]
  return (await run({ file: program, args, cwd: process.cwd() }, { signal, timeout: 20_000 })).exitCode === 0
}
