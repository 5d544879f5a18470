import { isTrue, itemsOf, textsOf, at, textAt, type MapTree, type Tree } from '../document.ts'
import type { Ledger } from '../ledger.ts'
import type { ImportContext } from '../types.ts'

/** A target of GoReleaser: its variant is always known. */
export interface BuildTarget {
  readonly os: string
  readonly arch: string
  /** `v1`, `7`, `hardfloat`, …; empty where the architecture has none. */
  readonly variant: string
  /** Whether gopack's target names the variant. */
  readonly named: boolean
  /** As gopack writes it: `linux/arm/7`. */
  readonly gopack: string
  /** As GoReleaser writes it: `linux_arm_7`. */
  readonly name: string
}

/** The variants of an architecture: the key that lists them, what it is by default, and whether gopack knows more than the default. */
const families: readonly { readonly arch: RegExp; readonly key: string; readonly standard: string; readonly known: boolean }[] = [
  { arch: /^amd64$/, key: 'goamd64', standard: 'v1', known: true },
  { arch: /^386$/, key: 'go386', standard: 'sse2', known: true },
  { arch: /^arm$/, key: 'goarm', standard: '6', known: true },
  { arch: /^arm64$/, key: 'goarm64', standard: 'v8.0', known: true },
  { arch: /^mips/, key: 'gomips', standard: 'hardfloat', known: false },
  { arch: /^ppc64/, key: 'goppc64', standard: 'power8', known: false },
  { arch: /^riscv64$/, key: 'goriscv64', standard: 'rva20u64', known: false },
]

/** `go_first_class` (internal/builders/golang/build.go). */
const firstClass = ['darwin_amd64', 'darwin_arm64', 'linux_386', 'linux_amd64', 'linux_arm', 'linux_arm64', 'windows_386', 'windows_amd64']

const matrixKeys = ['goos', 'goarch', ...families.map(({ key }) => key), 'ignore']

function makeTarget(os: string, arch: string, given: string | undefined): BuildTarget {
  const family = families.find((entry) => entry.arch.test(arch))
  const variant = given ?? family?.standard ?? ''
  // GOARM of GoReleaser is 6 unless told, Go's own is 7: it is always named.
  const named = variant !== '' && (arch === 'arm' || variant !== family?.standard)
  return {
    os,
    arch,
    variant,
    named,
    gopack: named ? `${os}/${arch}/${variant}` : `${os}/${arch}`,
    name: [os, arch, variant].filter((part) => part !== '').join('_'),
  }
}

/** The targets of a build, in GoReleaser's order, as far as gopack and this Go can build them; the rest is listed. */
export function targetsOf(build: MapTree, ledger: Ledger, context: ImportContext): BuildTarget[] {
  const list = at(build, 'targets')
  const wanted = list === undefined ? matrix(build, ledger, context) : listed(list, build, ledger)
  const found = new Map<string, BuildTarget>()
  for (const { target, source } of wanted) {
    const reason = whyNot(target, context)
    if (reason === undefined) found.set(target.name, target)
    else if (source !== undefined) ledger.leave(source, reason, target.name)
  }
  return [...found.values()]
}

interface Wanted {
  readonly target: BuildTarget
  /** The line that asks for it; absent where nobody did. */
  readonly source: Tree | undefined
}

function listed(list: Tree, build: MapTree, ledger: Ledger): Wanted[] {
  for (const key of matrixKeys) {
    const node = at(build, key)
    if (node !== undefined) ledger.leave(node, 'GoReleaser ignores it where there are "targets"')
  }
  return textsOf(list).flatMap((source) => {
    const names = source.text === 'go_first_class' || source.text === 'go_118_first_class' ? firstClass : [source.text]
    ledger.carry(source, 'targets')
    return names.map((name) => {
      const [os = '', arch = '', ...rest] = name.split('_')
      return { target: makeTarget(os, arch, rest.length === 0 ? undefined : rest.join('_')), source }
    })
  })
}

/** goos × goarch × variants, minus ignore. */
function matrix(build: MapTree, ledger: Ledger, context: ImportContext): Wanted[] {
  const systems = textsOf(at(build, 'goos'))
  const archs = textsOf(at(build, 'goarch'))
  const sourceOf = (list: readonly Tree[], value: string): Tree | undefined =>
    list.find((node) => node.kind === 'text' && node.text === value)
  const oses = systems.length > 0 ? systems.map(({ text }) => text) : ['linux', 'darwin', 'windows']
  const architectures = archs.length > 0 ? archs.map(({ text }) => text) : ['amd64', 'arm64', '386']
  for (const key of matrixKeys) for (const node of itemsOf(at(build, key))) if (key !== 'ignore') ledger.carry(node, 'targets')
  const ignore = ignored(build, ledger)
  const all = oses.flatMap((os) =>
    architectures.flatMap((arch) =>
      variantsOf(build, arch).map((variant) => ({ target: makeTarget(os, arch, variant), source: sourceOf(archs, arch) })),
    ),
  )
  return all
    .filter(({ target }) => !ignore(target) && isReal(target, context))
    .map(({ target, source }) => ({ target, source: source ?? sourceOf(systems, target.os) }))
}

function variantsOf(build: MapTree, arch: string): (string | undefined)[] {
  const family = families.find((entry) => entry.arch.test(arch))
  const given = family === undefined ? [] : textsOf(at(build, family.key))
  return given.length === 0 ? [undefined] : given.map(({ text }) => text)
}

function ignored(build: MapTree, ledger: Ledger): (target: BuildTarget) => boolean {
  const rules = itemsOf(at(build, 'ignore')).map((rule) => {
    const wanted = ['goos', 'goarch', ...families.map(({ key }) => key)].flatMap((key) => {
      const node = textAt(rule, key)
      if (node !== undefined) ledger.carry(node, 'targets')
      return node === undefined || node.text === '' ? [] : [{ key, text: node.text }]
    })
    return (target: BuildTarget): boolean =>
      wanted.every(({ key, text }) => {
        if (key === 'goos') return target.os === text
        if (key === 'goarch') return target.arch === text
        return families.find((family) => family.key === key)!.arch.test(target.arch) && target.variant === text
      })
  })
  return (target) => rules.some((rule) => rule(target))
}

/** Of a matrix GoReleaser passes over what no Go can build: nobody asked for darwin/386. */
function isReal({ os, arch }: BuildTarget, { supported }: ImportContext): boolean {
  const name = `${os}/${arch}`
  if (onlyInGo.has(name)) return false
  if (onlyInGoReleaser.has(name) || supported.has(name)) return true
  // A name that Go does not know at all is worth a line.
  const all = [...supported].map((target) => target.split('/'))
  return !all.some(([system]) => system === os) || !all.some(([, architecture]) => architecture === arch)
}

/** Where the lists of Go 1.26 and GoReleaser 2.12.7 (internal/builders/golang/targets.go) differ. */
const onlyInGo: ReadonlySet<string> = new Set(['ios/amd64', 'openbsd/ppc64'])
const onlyInGoReleaser: ReadonlySet<string> = new Set(['windows/arm', 'solaris/sparc', 'solaris/sparc64'])

function whyNot(target: BuildTarget, { supported, goVersion }: ImportContext): string | undefined {
  const family = families.find((entry) => entry.arch.test(target.arch))
  if (target.arch === 'wasm') return 'gopack builds no WebAssembly'
  if (!supported.has(`${target.os}/${target.arch}`)) return `${goVersion} cannot build for ${target.os}/${target.arch}`
  if (family?.known === false && target.variant !== family.standard)
    return `gopack builds ${target.arch} for the default of Go (${family.standard}) only`
  if (family?.known === true && !allowed(target)) return `gopack knows no variant "${target.variant}" of ${target.arch}`
  return undefined
}

const allowedVariants: Readonly<Record<string, RegExp>> = {
  amd64: /^v[1-4]$/,
  '386': /^(sse2|softfloat)$/,
  arm: /^[567]$/,
  arm64: /^v(8\.\d|9\.[0-5])$/,
}

const allowed = ({ arch, variant }: BuildTarget): boolean => allowedVariants[arch]?.test(variant) ?? true

/** Whether a build is switched off. */
export const isSkipped = (build: MapTree): boolean => isTrue(at(build, 'skip'))
