import { Chalk, type ChalkInstance } from 'chalk'

/** Colours for a stream: none with --no-color, NO_COLOR (no-color.org) or without a terminal; FORCE_COLOR insists. */
export function colorsFor(stream: NodeJS.WriteStream, wanted: boolean, environment: NodeJS.ProcessEnv = process.env): ChalkInstance {
  const forced = environment['FORCE_COLOR']
  if (!wanted || (environment['NO_COLOR'] ?? '') !== '') return new Chalk({ level: 0 })
  if (forced !== undefined) return new Chalk({ level: forced === '0' || forced === 'false' ? 0 : forced === '3' ? 3 : 1 })
  return new Chalk({ level: stream.isTTY && environment['TERM'] !== 'dumb' ? 1 : 0 })
}

/** True where lines may be redrawn. */
export function isLive(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && environment['TERM'] !== 'dumb' && (environment['CI'] ?? '') === ''
}

/** `1.4 s`, `320 ms` */
export function formatDuration(milliseconds: number): string {
  return milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(milliseconds >= 10_000 ? 0 : 1)} s` : `${Math.round(milliseconds)} ms`
}

/** `8.5 MB`, in powers of 1000 as file managers show it. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB']
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${units[power - 1]}`
}
