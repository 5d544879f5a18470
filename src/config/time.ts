/** RFC 3339, in seconds, with a zone: what a time must look like to mean the same everywhere. */
export function isTime(value: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.exec(value)
  if (match === null || Number.isNaN(Date.parse(value))) return false
  const [year = 0, month = 0, day = 0, hour = 0] = match.slice(1, 5).map(Number)
  // JavaScript takes February 30 for March 2, and 24:00 for the next day.
  return day <= daysIn(year, month) && hour <= 23
}

/** @param month from 1 */
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()
