/**
 * What inspection can object to. `error`: the thing is damaged, hostile or not what its dist says, so the command fails;
 * `warning`: it works, but somebody should look.
 */
export const findingLevels = {
  BAD_HEADERS: 'error',
  SECTION_OUTSIDE_FILE: 'error',
  BAD_IMPORTS: 'error',
  BAD_RESOURCES: 'error',
  BAD_VERSION_INFORMATION: 'error',
  BAD_ICON: 'error',
  BAD_MANIFEST: 'error',
  BAD_BUILD_INFORMATION: 'error',
  BAD_SIGNATURE_TABLE: 'error',
  WRONG_CHECKSUM: 'warning',
  DATA_AFTER_SIGNATURE: 'warning',
  FOREIGN_DLL: 'warning',
  ARCHIVE_DAMAGED: 'error',
  ARCHIVE_BOMB: 'error',
  TOO_MANY_ENTRIES: 'error',
  ENTRY_UNREADABLE: 'error',
  ENTRY_TOO_LARGE: 'warning',
  UNSAFE_NAME: 'error',
  DUPLICATE_NAME: 'error',
  CASE_COLLISION: 'error',
  WINDOWS_NAME: 'warning',
  LINK: 'warning',
  FILE_MISSING: 'error',
  FILE_DIFFERS: 'error',
  FILE_OUTSIDE: 'error',
  CHECKSUMS_DIFFER: 'error',
  TARGET_DIFFERS: 'error',
  ARCHIVE_DIFFERS: 'error',
} as const satisfies Record<string, 'error' | 'warning'>

export type FindingCode = keyof typeof findingLevels

export interface Finding {
  readonly level: 'error' | 'warning'
  readonly code: FindingCode
  /** One sentence. */
  readonly message: string
  /** The file, entry, section or DLL it is about. */
  readonly subject: string | null
}

export type AddFinding = (code: FindingCode, message: string, subject?: string) => void

/** A hostile file must not fill the report: so many findings of one kind are told. */
const mostOfOneKind = 20

/** A list of findings and the function that adds to it. */
export function findingList(): { readonly findings: Finding[]; readonly add: AddFinding } {
  const findings: Finding[] = []
  const counts = new Map<FindingCode, number>()
  const add: AddFinding = (code, message, subject) => {
    const count = (counts.get(code) ?? 0) + 1
    counts.set(code, count)
    if (count > mostOfOneKind + 1) return
    const told = count <= mostOfOneKind ? { message, subject: subject ?? null } : { message: 'There are more of this kind.', subject: null }
    findings.push({ level: findingLevels[code], code, ...told })
  }
  return { findings, add }
}

export function isFine(findings: readonly Finding[]): boolean {
  return findings.every(({ level }) => level !== 'error')
}
