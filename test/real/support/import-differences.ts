/** What fixtures/import/record.mjs writes down. */
export interface Recorded {
  readonly module: string
  readonly version: string
  /** Files a release makes before GoReleaser is called. */
  readonly touch?: readonly string[]
  readonly binaries: readonly RecordedBinary[]
  readonly archives: readonly { name: string; target: string; format: string; binaries: readonly string[] }[]
}

interface RecordedBinary {
  readonly name: string
  readonly target: string
  readonly flags?: readonly string[]
  readonly cgo?: string
  /** Two programs put into one for macOS. */
  readonly universal?: true
}

interface Step {
  readonly step: string
  readonly path?: string
  readonly outputName?: string
  readonly command?: { readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> }
}

interface Lane {
  readonly target: { readonly os: string; readonly arch: string; readonly variant?: string }
  readonly steps: readonly Step[]
}

/** The document of `gopack plan --json`, as far as it is compared. */
export interface PlanDocument {
  readonly lanes: readonly Lane[]
  readonly bundles?: readonly Lane[]
}

/** Commit and version as they are recorded. */
interface Names {
  readonly head: string
  readonly version: string
}

/** What a plan has otherwise than GoReleaser, one line a kind: systems and architectures are left out of names. */
export function differences(record: Recorded, plan: PlanDocument, names: Names, split: (text: string) => string[]): string[] {
  const found = new Set<string>()
  const lanes = new Map(plan.lanes.map((lane) => [`${targetOf(lane)} ${programOf(lane)}`, lane]))
  const binaries = new Map(record.binaries.map((binary) => [`${binary.target} ${binary.name.split('/').at(-1)}`, binary]))
  const renamed = new Map<string, RecordedBinary>()
  for (const [key, binary] of binaries) {
    if (lanes.has(key)) continue
    const others = [...lanes.keys()].filter((other) => other.startsWith(`${binary.target} `) && !binaries.has(other))
    if (others.length === 1) {
      renamed.set(others[0]!, binary)
      found.add(
        `program ${shortened(others[0]!.split(' ')[1]!, binary.target, names)}, not ${shortened(binary.name, binary.target, names)}`,
      )
    } else found.add(binary.universal ? `no program for ${binary.target}` : `no program for ${binary.target}`)
  }
  for (const [key, lane] of lanes) {
    const binary = binaries.get(key) ?? renamed.get(key)
    if (binary === undefined) found.add(`a program for ${key.split(' ')[0]}`)
    else for (const line of flagDifferences(binary, lane, names, split)) found.add(line)
  }
  for (const line of archiveDifferences(record, plan, names)) found.add(line)
  return [...found].sort()
}

const programOf = ({ steps }: Lane): string => steps.find(({ step }) => step === 'compile')!.outputName!

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

function targetOf({ target: { os, arch, variant } }: Lane): string {
  const named = variant ?? standard[arch]
  return [os, arch, named].filter((part) => part !== undefined).join('_')
}

function flagDifferences(binary: RecordedBinary, lane: Lane, names: Names, split: (text: string) => string[]): string[] {
  if (binary.universal) return []
  const { args = [], env = {} } = lane.steps.find(({ step }) => step === 'compile')!.command ?? {}
  const neutral = (arg: string): string => arg.replaceAll(names.head, 'COMMIT').replaceAll('2026-03-04T05:06:07Z', 'COMMITDATE')
  const theirs = flagsIn(binary.flags ?? [], split)
  const ours = flagsIn(args.slice(1, -1).map(neutral), split)
  const cgo = env['CGO_ENABLED']
  return [
    ...[...theirs].filter((flag) => !ours.has(flag)).map((flag) => `without ${flag}`),
    ...[...ours].filter((flag) => !theirs.has(flag)).map((flag) => `with ${flag}`),
    ...(binary.cgo === cgo ? [] : [`CGO_ENABLED=${cgo}, not ${binary.cgo ?? 'left to Go'}`]),
  ]
}

/** Each flag on its own, those of the linker too. */
function flagsIn(args: readonly string[], split: (text: string) => string[]): Set<string> {
  const flags = args.flatMap((arg) => {
    const linker = /^-ldflags=(.*)$/s.exec(arg)?.[1]
    if (linker === undefined) return [arg]
    const words = split(linker)
    return words.flatMap((word, index) => (words[index - 1] === '-X' ? [] : word === '-X' ? [`-X ${words[index + 1]}`] : [word]))
  })
  return new Set(flags.filter((flag) => flag !== ''))
}

/** Archives by target: those of the same name are the same, the rest is paired off. */
function archiveDifferences(record: Recorded, plan: PlanDocument, names: Names): string[] {
  const made = [...plan.lanes, ...(plan.bundles ?? [])].flatMap((lane) =>
    lane.steps.flatMap(({ step, path }) => (step === 'archive' ? [{ name: path!, target: targetOf(lane) }] : [])),
  )
  const targets = new Set([...made, ...record.archives].map(({ target }) => target))
  return [...targets].flatMap((target) => {
    const theirs = record.archives
      .filter((archive) => archive.target === target)
      .map(({ name }) => name)
      .sort()
    const ours = made
      .filter((archive) => archive.target === target)
      .map(({ name }) => name)
      .sort()
    const [left, right] = [ours.filter((name) => !theirs.includes(name)), theirs.filter((name) => !ours.includes(name))]
    // Without the program there is no archive either.
    if (ours.length === 0) return []
    const short = (name: string): string => shortened(name, target, names)
    const pairs = left.map((name, index) =>
      right[index] === undefined ? `an archive ${short(name)}` : `archive ${short(name)}, not ${short(right[index])}`,
    )
    return [...pairs, ...right.slice(left.length).map((name) => `no archive ${short(name)}`)]
  })
}

/** A name with the words for its target in place of what they are for this one. */
function shortened(name: string, target: string, { version }: Names): string {
  const [os = '', arch = '', variant = ''] = target.split('_')
  const title = os[0]!.toUpperCase() + os.slice(1)
  return name
    .replaceAll(version.slice(1), 'VERSION')
    .replaceAll(title, 'Os')
    .replaceAll(os, 'OS')
    .replaceAll(new RegExp(`(?<![a-z0-9])${arch}`, 'g'), 'ARCH')
    .replaceAll(variant === '' ? '\0' : new RegExp(`(?<=ARCH_?v?)${variant.replace(/^v/, '')}(?=\\.)`, 'g'), 'N')
    .replace(/\.exe$/, '')
}
