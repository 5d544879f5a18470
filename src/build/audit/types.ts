/** Which programs and DLLs of one archive are looked at: whether they start on a clean Windows. */
export interface AuditPlan {
  readonly step: 'audit'
  /** Whose executables go in, and what each is called inside. */
  readonly programs: readonly { readonly app: string; readonly name: string }[]
  /** Other executables and DLLs in the archive. */
  readonly files: readonly { readonly source: string; readonly name: string }[]
  /** DLLs that the machines have from elsewhere. */
  readonly requires: readonly string[]
}
