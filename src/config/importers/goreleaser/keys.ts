import { didYouMean } from '../../nearest.ts'
import type { Tree } from '../document.ts'

const publishing = 'gopack does not publish yet: what it makes lies in the output folder'
const packages = 'gopack makes archives, no packages of other systems'
const images = 'gopack makes no container images'
const manifests = 'gopack writes no manifests of package managers yet'
const signing = 'gopack does not sign yet'
const announcing = 'gopack announces nothing'
const pro = 'a feature of GoReleaser Pro'

/** Top-level keys without a counterpart, and why (GoReleaser 2.12.7, pkg/config/config.go; the old names of version 1 too). */
const groups: Readonly<Record<string, string>> = {
  release: publishing,
  milestones: publishing,
  blobs: publishing,
  blob: publishing,
  uploads: publishing,
  artifactories: publishing,
  publishers: publishing,
  force_token: publishing,
  github_urls: publishing,
  gitlab_urls: publishing,
  gitea_urls: publishing,
  changelog: 'gopack writes no changelog yet',
  announce: announcing,
  brews: manifests,
  brew: manifests,
  homebrew_casks: manifests,
  scoops: manifests,
  scoop: manifests,
  winget: manifests,
  chocolateys: manifests,
  krews: manifests,
  nix: manifests,
  aurs: manifests,
  aur_sources: manifests,
  nfpms: packages,
  nfpm: packages,
  snapcrafts: packages,
  snapcraft: packages,
  makeselfs: packages,
  dockers: images,
  dockers_v2: images,
  docker_digest: images,
  docker_manifests: images,
  docker_signs: images,
  kos: images,
  signs: signing,
  sign: signing,
  binary_signs: signing,
  notarize: 'gopack does not sign for macOS',
  sboms: 'gopack writes no bill of materials yet',
  source: 'gopack makes no archive of the sources; git archive does',
  universal_binaries: 'gopack makes one program for each target, none for two architectures at once',
  upx: 'gopack never compresses programs with UPX: virus scanners take them for malware',
  gomod: 'gopack builds what is checked out, with the go command on PATH',
  git: 'gopack takes the highest version among the tags of the commit; version.tagPrefix says which ones count',
  env_files: publishing,
  report_sizes: 'gopack always shows sizes',
  metadata: 'gopack has no place for it',
}

/** Only GoReleaser Pro has these (schema-pro.json). */
const proGroups: Readonly<Record<string, string>> = {
  after: `${pro}; gopack has hooks.after`,
  before_publish: pro,
  includes: `${pro}: what stands in the other file was not read; import that file itself`,
  variables: `${pro}: put the values where they are used`,
  monorepo: pro,
  nightly: pro,
  partial: `${pro}; gopack build --target builds a part`,
  prebuilt: pro,
  app_bundles: pro,
  cloudsmiths: pro,
  dmg: pro,
  pkgs: pro,
  dockerhub: images,
  furies: pro,
  gemfury: pro,
  msi: `${pro}; gopack makes no installers yet`,
  nsis: `${pro}; gopack makes no installers yet`,
  npms: pro,
  srpm: pro,
  flatpaks: pro,
  template_files: pro,
  templated_files: pro,
  templated_extra_files: pro,
  ignore_tag_prefixes: pro,
  if: `${pro}: conditions`,
}

const inBuild: Readonly<Record<string, string>> = {
  hooks: 'gopack has hooks around the whole build only',
  prebuilt: pro,
}

const checksum: Readonly<Record<string, string>> = {
  name_template: 'the file is always called checksums.txt',
  algorithm: 'gopack writes SHA-256',
  disable: 'gopack always writes checksums',
  split: 'gopack writes one file with all checksums',
  ids: 'checksums are written of everything meant for upload',
  extra_files: 'checksums are written of what gopack makes',
}

const snapshot = 'gopack names snapshots itself: a semver above the last tag with -dev.N'

const knownTop = [
  'version',
  'project_name',
  'env',
  'before',
  'builds',
  'archives',
  'dist',
  'snapshot',
  'checksum',
  ...Object.keys(groups),
  ...Object.keys(proGroups),
]
const knownBuild =
  'id goos goarch goamd64 go386 goarm goarm64 gomips goppc64 goriscv64 targets ignore dir main binary hooks builder mod_timestamp skip gobinary tool command no_unique_dist_dir no_main_check buildmode ldflags tags flags asmflags gcflags env overrides'.split(
    ' ',
  )
const knownArchive =
  'id ids builds builds_info name_template formats format format_overrides wrap_in_directory strip_binary_directory files meta allow_different_binary_count replacements rlcp hooks'.split(
    ' ',
  )

/** Why a key has no counterpart. */
export function reasonFor({ path }: Tree): string {
  const [top = '', ...rest] = path.split('.')
  const name = top.replace(/\[.*$/, '')
  const key = (rest.at(-1) ?? '').replace(/\[.*$/, '')
  if (Object.hasOwn(groups, name)) return groups[name]!
  if (Object.hasOwn(proGroups, name)) return proGroups[name]!
  if (name === 'snapshot') return snapshot
  if (name === 'checksum' && Object.hasOwn(checksum, key)) return checksum[key]!
  if (Object.hasOwn(proGroups, key)) return proGroups[key]!
  if (name === 'builds' && rest.length === 1 && Object.hasOwn(inBuild, key)) return inBuild[key]!
  if (rest.length === 0 && knownTop.includes(name)) return name === 'checksum' ? 'gopack writes checksums.txt, with SHA-256' : wrongKind
  if (rest.length === 0) return unknown(name, knownTop)
  const here = rest[0]!.replace(/\[.*$/, '')
  if (name === 'builds' && !knownBuild.includes(here)) return unknown(here, knownBuild)
  if (name === 'archives' && !knownArchive.includes(here)) return unknown(here, knownArchive)
  if ((name === 'builds' || name === 'archives') && rest.length === 1) return wrongKind
  return unknown(key || name, [])
}

const wrongKind = 'its value is not of the kind GoReleaser reads here'

const unknown = (key: string, known: readonly string[]): string =>
  `GoReleaser 2.12.7 has no key "${key}" here.${didYouMean(key, known)}`.replace(/\.$/, '')
