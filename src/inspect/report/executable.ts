import type { ExecutableInspection, GoBuild, PeInspection } from '../types.ts'
import { findingLines } from './findings.ts'
import { renderRows, row, type Row } from './rows.ts'
import { bytes, printable, type ReportStyle } from './style.ts'
import { manifestRow } from './manifest.ts'

/** The block of one executable, what people look for first at the top. */
export function executableLines(inspection: ExecutableInspection, style: ReportStyle): string[] {
  const rows = inspection.format === 'pe' ? peRows(inspection) : otherRows(inspection)
  return [titleLine(inspection, style), ...renderRows(rows, style), ...findingLines(inspection.findings, style)]
}

function titleLine(inspection: ExecutableInspection, { chalk }: ReportStyle): string {
  const strings = inspection.format === 'pe' ? firstStrings(inspection) : {}
  const name = strings.ProductName ?? inspection.path.split(/[\\/]/).at(-1)!
  const company = strings.CompanyName ? `, ${strings.CompanyName}` : ''
  return chalk.bold(printable(`${name}${strings.ProductVersion ? ` ${strings.ProductVersion}` : ''}${company}`))
}

function firstStrings({ versionInformation }: PeInspection): Readonly<Record<string, string>> {
  return Object.values(versionInformation[0]?.strings ?? {})[0] ?? {}
}

function peRows(inspection: PeInspection): Row[] {
  const strings = firstStrings(inspection)
  const fixed = inspection.versionInformation[0]?.fixed
  const languages = inspection.versionInformation.flatMap((one) => Object.keys(one.strings))
  const { signature, overlay, checksum, icons } = inspection
  return [
    ...row('says', strings.FileDescription, strings.LegalCopyright),
    ...row(
      'version',
      ...(fixed
        ? [`file ${fixed.fileVersion.join('.')}`, `product ${fixed.productVersion.join('.')}`, ...fixed.flagNames]
        : ['no version information']),
    ),
    ...row('languages', ...(languages.length > 1 ? languages : [])),
    ...fileRow(inspection),
    ...row('target', targetOf(inspection), inspection.subsystem, ...hardening(inspection)),
    ...goRows(inspection.go, inspection.lowestWindows),
    ...row('signature', signature === null ? 'none' : `present, not verified (${bytes(signature.size)})`),
    ...row('icon', ...(icons.length === 0 ? ['none'] : icons.map(({ name, images }) => `${name}: ${images.map(imageName).join(' ')}`))),
    ...manifestRow(inspection.manifest),
    ...row('DLLs', ...(inspection.imports.length === 0 ? ['none'] : inspection.imports.map(dllName))),
    ...row('symbols', symbolsOf(inspection)),
    ...row('sections', ...inspection.sections.map(({ name, size, flags }) => `${name} ${bytes(size)} ${access(flags.names)}`)),
    ...row('overlay', overlay !== null && `${bytes(overlay.size)} at offset ${overlay.offset}`),
    ...row('checksum', checksum.state === 'none' ? 'none (only drivers need one)' : checksum.state),
  ]
}

function otherRows(inspection: ExecutableInspection): Row[] {
  return [
    ...fileRow(inspection),
    ...row('target', targetOf(inspection)),
    ...goRows(inspection.go, null),
    ...row('symbols', symbolsOf(inspection)),
  ]
}

function fileRow({ size, sha256 }: ExecutableInspection): Row[] {
  return row('file', bytes(size), `SHA-256 ${sha256}`)
}

function targetOf({ os, arch, go, format, bits }: ExecutableInspection): string {
  const formatName = format === 'pe' ? `PE, ${bits} bit` : `${format === 'elf' ? 'ELF' : 'Mach-O'}, ${bits} bit`
  return `${os ?? 'unknown system'}/${arch ?? 'unknown processor'}${go?.variant ? `/${go.variant.value}` : ''} (${formatName})`
}

function hardening({ dllCharacteristics: { names } }: PeInspection): string[] {
  return [names.includes('aslr') ? 'ASLR' : 'no ASLR', names.includes('nx') ? 'NX' : 'no NX']
}

function goRows(go: GoBuild | null, lowestWindows: string | null): Row[] {
  if (go === null) return row('Go', 'not built by Go')
  const { main, vcs, cgo } = go
  const deps = `${go.deps.length} ${go.deps.length === 1 ? 'dependency' : 'dependencies'}`
  const commit = vcs?.revision == null ? null : `${vcs.revision}${vcs.time === null ? '' : ` of ${vcs.time}`}`
  return [
    ...row(
      'Go',
      go.version,
      cgo === null ? null : `cgo ${cgo ? 'on' : 'off'}`,
      lowestWindows === null ? null : `needs ${lowestWindows} or newer`,
    ),
    ...row(
      'module',
      main === null ? null : `${main.path} ${main.version}`,
      go.path !== '' && go.path !== main?.path && `package ${go.path}`,
      deps,
    ),
    ...row('commit', commit ?? 'not recorded', vcs?.modified === true && 'with uncommitted changes'),
    ...row('ldflags', go.ldflags),
  ]
}

function imageName({ width, height, format, depth }: PeInspection['icons'][number]['images'][number]): string {
  return `${width === height ? width : `${width}x${height}`}${format === 'png' ? ' (png)' : depth < 32 ? ` (${depth} bit)` : ''}`
}

function dllName({ dll, count, delayed, partOfWindows }: PeInspection['imports'][number]): string {
  return `${dll} (${count}${delayed ? ', delayed' : ''}${partOfWindows ? '' : ', not part of Windows'})`
}

function symbolsOf({ symbols, debugInformation }: ExecutableInspection): string {
  if (!symbols && !debugInformation) return 'stripped'
  return `${symbols ? 'symbol table' : 'no symbol table'}, ${debugInformation ? 'debug information' : 'no debug information'}`
}

function access(names: readonly string[]): string {
  return `${names.includes('read') ? 'r' : '-'}${names.includes('write') ? 'w' : '-'}${names.includes('execute') ? 'x' : '-'}`
}
