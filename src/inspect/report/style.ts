import { Chalk, type ChalkInstance } from 'chalk'

export interface ReportStyle {
  readonly chalk: ChalkInstance
}

export function reportStyle(color: boolean): ReportStyle {
  return { chalk: new Chalk({ level: color ? 1 : 0 }) }
}

// Control characters, and those that reverse the direction of the text around them.
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text from a stranger's file, made safe for a terminal. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`)
}

/** Decimal units, two or three significant digits: `812 B`, `3.1 MB`. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = count
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}
