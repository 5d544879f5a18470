import { spawnSync } from 'node:child_process'
import { describe } from 'vitest'

/** How to find out that a program tests need is there: it starts and exits 0. */
const probes = {
  go: ['go', 'version'],
  git: ['git', '--version'],
  wine: ['wine', '--version'],
  zig: ['python3', '-m', 'ziglang', 'version'],
  mingw: ['x86_64-w64-mingw32-gcc', '--version'],
  exiftool: ['exiftool', '-ver'],
  wrestool: ['wrestool', '--version'],
  icotool: ['icotool', '--version'],
  '7z': ['7z', 'i'],
  unzip: ['unzip', '-v'],
  sha256sum: ['sha256sum', '--version'],
  osslsigncode: ['osslsigncode', '--version'],
  pefile: ['python3', '-c', 'import pefile'],
  openssl: ['openssl', 'version'],
  strace: ['strace', '--version'],
  faketime: ['faketime', '--version'],
  tmux: ['tmux', '-V'],
  actionlint: ['actionlint', '-version'],
  bash: ['bash', '--version'],
  zsh: ['zsh', '--version'],
  fish: ['fish', '--version'],
  pwsh: ['pwsh', '-Version'],
} as const satisfies Record<string, readonly [string, ...string[]]>

export type Tool = keyof typeof probes

const found = new Map<Tool, boolean>()

export function hasTool(tool: Tool): boolean {
  let known = found.get(tool)
  if (known === undefined) {
    const [file, ...args] = probes[tool]
    known = spawnSync(file, args, { stdio: 'ignore' }).status === 0
    found.set(tool, known)
  }
  return known
}

/**
 * A describe block that needs third-party programs. On a user's machine it is skipped by name when one is missing;
 * with GOPACK_TEST_REQUIRE_ALL=1 (CI) it runs all the same and so fails.
 */
export function describeWith(tools: readonly Tool[], name: string, body: () => void): void {
  const missing = process.env.GOPACK_TEST_REQUIRE_ALL === '1' ? [] : tools.filter((tool) => !hasTool(tool))
  if (missing.length > 0) describe.skip(`${name} (needs ${missing.join(', ')})`, body)
  else describe(name, body)
}
