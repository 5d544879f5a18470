/** RFC 3339, in seconds, with a zone: what a time must look like to mean the same everywhere. */
export function isTime(value: string): boolean {
  return /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value))
}
