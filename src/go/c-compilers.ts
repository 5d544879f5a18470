import { findProgram } from '../host/find-program.ts'
import type { Target } from './targets.ts'

/** C compilers that make programs for a target, best known first. The first word is the program, the rest its arguments. */
export function compilerCandidates(target: Target, hostOs: string, hostArch: string): readonly string[] {
  const native = target.os === hostOs && target.arch === hostArch ? ['gcc', 'clang'] : []
  const cross = crossCompilers[`${target.os}/${target.arch}`] ?? []
  return [...cross, ...native]
}

const crossCompilers: Readonly<Record<string, readonly string[]>> = {
  'windows/amd64': ['x86_64-w64-mingw32-gcc', 'x86_64-w64-mingw32-clang', 'zig cc -target x86_64-windows-gnu'],
  'windows/386': ['i686-w64-mingw32-gcc', 'i686-w64-mingw32-clang', 'zig cc -target x86-windows-gnu'],
  'windows/arm64': ['aarch64-w64-mingw32-clang', 'aarch64-w64-mingw32-gcc', 'zig cc -target aarch64-windows-gnu'],
  'linux/amd64': ['x86_64-linux-gnu-gcc', 'zig cc -target x86_64-linux-gnu'],
  'linux/arm64': ['aarch64-linux-gnu-gcc', 'zig cc -target aarch64-linux-gnu'],
}

/** The first candidate whose program is on PATH, as CC takes it. */
export function findCompiler(candidates: readonly string[]): string | undefined {
  return candidates.find((candidate) => findProgram(candidate.split(' ')[0]!) !== undefined)
}
