import type { AddFinding } from '../findings.ts'

const reserved = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u001f\u007f]/

/** Finds entry names that would leave the folder they are unpacked into, or mean two things on Windows. */
export function checkNames(names: readonly string[], add: AddFinding): void {
  const seen = new Map<string, string>()
  for (const name of names) {
    const parts = name.split('/').filter((part) => part !== '' && part !== '.')
    const unsafe = unsafeReason(name)
    if (unsafe !== undefined) add('UNSAFE_NAME', `The entry ${JSON.stringify(name)} ${unsafe}.`, name)
    else if (parts.some(isRefusedByWindows)) add('WINDOWS_NAME', `Windows cannot create ${JSON.stringify(name)}.`, name)
    const path = parts.join('/')
    const folded = path.normalize('NFC').toLowerCase()
    const other = seen.get(folded)
    if (other === path) add('DUPLICATE_NAME', `The entry ${JSON.stringify(name)} is there twice.`, name)
    else if (other !== undefined)
      add('CASE_COLLISION', `${JSON.stringify(other)} and ${JSON.stringify(path)} are one file on Windows.`, name)
    seen.set(folded, path)
  }
}

function unsafeReason(name: string): string | undefined {
  if (name === '') return 'has no name'
  if (control.test(name)) return 'holds control characters'
  if (/^[\\/]|^[a-z]:/i.test(name)) return 'is an absolute path'
  if (name.split(/[\\/]/).includes('..')) return 'leads out of the folder it is unpacked into'
  return name.includes('\\') ? 'holds a backslash' : undefined
}

function isRefusedByWindows(part: string): boolean {
  return reserved.test(part) || /[. ]$/.test(part) || /[<>:"|?*]/.test(part)
}
