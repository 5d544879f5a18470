/** What fixtures/import/record.mjs writes down. */
export interface Recorded {
  readonly module: string
  readonly version: string
  readonly touch?: readonly string[]
  readonly binaries: readonly { name: string; target: string; flags?: readonly string[]; main?: string; cgo?: string }[]
  readonly archives: readonly { name: string; target: string; format: string; binaries: readonly string[] }[]
}

interface Lane {
  readonly app: string
  readonly target: { os: string; arch: string; variant?: string }
  readonly executable: string
  readonly steps: readonly {
    step: string
    path?: string
    format?: string
    command?: { args: string[]; env: Record<string, string> }
  }[]
}

/** GoReleaser names the default variant, gopack does not. */
const standard: Readonly<Record<string, string>> = {
  amd64: 'v1',
  '386': 'sse2',
  arm64: 'v8.0',
  riscv64: 'rva20u64',
  ppc64: 'power8',
  ppc64le: 'power8',
  mips: 'hardfloat',
  mipsle: 'hardfloat',
  mips64: 'hardfloat',
  mips64le: 'hardfloat',
}

/** What a plan has otherwise than GoReleaser, in words that name no more than they must: one line a kind. */
export function differences(
  record: Recorded,
  plan: { lanes: Lane[]; archives?: unknown },
  head: string,
  split: (text: string) => string[],
): string[] {
  const found = new Set<string>()
  const ours = new Map(plan.lanes.map((lane) => [`${targetOf(lane)} ${lane.executable.split('/').at(-1)}`, lane]))
  const theirs = new Map(record.binaries.map((binary) => [`${binary.target} ${binary.name.split('/').at(-1)}`, binary]))
  for (const key of theirs.keys()) if (!ours.has(key)) found.add(`no binary ${generic(key)}`)
  for (const key of ours.keys()) if (!theirs.has(key)) found.add(`a binary ${generic(key)}`)
  for (const [key, lane] of ours) {
    const binary = theirs.get(key)
    if (binary !== undefined) for (const line of flagDifferences(binary, lane, head, split)) found.add(line)
  }
  const archives = new Map(record.archives.map((archive) => [archive.name, archive]))
  const made = new Map(plan.lanes.map((lane) => [lane.steps.find(({ step }) => step === 'archive')?.path ?? '', lane]))
  const lanesTargets = new Set(plan.lanes.map(targetOf))
  for (const [name, archive] of archives) if (!made.has(name) && lanesTargets.has(archive.target)) found.add(`no archive ${name}`)
  for (const name of made.keys()) if (!archives.has(name)) found.add(`an archive ${name}`)
  return [...found].sort()
}

function targetOf({ target: { os, arch, variant } }: Lane): string {
  const named = variant ?? standard[arch]
  return [os, arch, named].filter((part) => part !== undefined).join('_')
}

const generic = (key: string): string => key

function flagDifferences(binary: Recorded['binaries'][number], lane: Lane, head: string, split: (text: string) => string[]): string[] {
  const { args = [], env = {} } = lane.steps.find(({ step }) => step === 'compile')!.command ?? {}
  const theirs = flagsIn(binary.flags ?? [], split)
  const ours = flagsIn(
    args.slice(1, -1).map((arg) => arg.replaceAll(head, 'COMMIT').replaceAll('2026-03-04T05:06:07Z', 'COMMITDATE')),
    split,
  )
  const lines = [
    ...[...theirs].filter((flag) => !ours.has(flag)).map((flag) => `without ${flag}`),
    ...[...ours].filter((flag) => !theirs.has(flag)).map((flag) => `with ${flag}`),
  ]
  const cgo = env['CGO_ENABLED']
  if (binary.cgo !== cgo && !(binary.cgo === undefined && cgo === '0')) lines.push(`CGO_ENABLED is ${cgo}, not ${binary.cgo}`)
  if (binary.cgo === undefined) lines.push('CGO_ENABLED is 0, not left to Go')
  return lines
}

/** Each flag on its own, those of the linker too. */
function flagsIn(args: readonly string[], split: (text: string) => string[]): Set<string> {
  const flags = args.flatMap((arg) => {
    const linker = /^-ldflags=(.*)$/s.exec(arg)?.[1]
    if (linker === undefined) return [arg.replace(/^-buildvcs=true$/, '')]
    const words = split(linker)
    return words.flatMap((word, index) => (words[index - 1] === '-X' ? [] : word === '-X' ? [`-X ${words[index + 1]}`] : [word]))
  })
  return new Set(flags.filter((flag) => flag !== ''))
}
