import type { FileVersion } from '../../build/resources/types.ts'

/** Four numbers of 16 bits; undefined for anything else and for 0.0.0.0, which templates hold. */
export function fileVersion(parts: readonly unknown[]): FileVersion | undefined {
  const numbers = [0, 1, 2, 3].map((index) => Number(parts[index] ?? 0))
  const valid = parts.length <= 4 && numbers.every((part) => Number.isInteger(part) && part >= 0 && part <= 65535)
  return valid && numbers.some((part) => part > 0) ? (numbers as unknown as FileVersion) : undefined
}

/** `1.2.3.4`, or fewer parts. */
export function parseFileVersion(text: unknown): FileVersion | undefined {
  return typeof text === 'string' && /^\d+(\.\d+){0,3}$/.test(text) ? fileVersion(text.split('.')) : undefined
}
