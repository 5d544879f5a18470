import { projectError } from '../errors/project.ts'

const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i

/** True for names Windows keeps for devices, with or without an ending (learn.microsoft.com, "Naming Files"). */
export const isReservedName = (name: string): boolean => reserved.test(name)

/**
 * What `go build` would call the program: the last element of the import path, a `/vN` skipped. Never the checkout folder.
 */
export function defaultName(importPath: string): string {
  const elements = importPath.split('/')
  const last = elements.at(-1) ?? importPath
  return /^v([2-9]|[1-9]\d+)$/.test(last) && elements.length > 1 ? elements.at(-2)! : last
}

/** @throws NAME_INVALID */
export function checkName(name: string, origin: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) && !isReservedName(name) && !name.endsWith('.') && name.length <= 100) return
  throw projectError('NAME_INVALID', { message: `${JSON.stringify(name)} (${origin}) cannot be the name of a program.` })
}
