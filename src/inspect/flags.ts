import type { Flags } from './types.ts'

type FlagNames = readonly (readonly [mask: number, name: string])[]

/** IMAGE_FILE_* (PE/COFF specification, "Characteristics"). */
export const fileFlags: FlagNames = [
  [0x0001, 'relocations-stripped'],
  [0x0002, 'executable'],
  [0x0004, 'line-numbers-stripped'],
  [0x0008, 'local-symbols-stripped'],
  [0x0020, 'large-address-aware'],
  [0x0100, '32-bit'],
  [0x0200, 'debug-stripped'],
  [0x0400, 'run-from-swap-if-removable'],
  [0x0800, 'run-from-swap-if-network'],
  [0x1000, 'system'],
  [0x2000, 'dll'],
]

/** IMAGE_DLLCHARACTERISTICS_* (PE/COFF specification, "DLL Characteristics"). */
export const dllFlags: FlagNames = [
  [0x0020, 'high-entropy-aslr'],
  [0x0040, 'aslr'],
  [0x0080, 'force-integrity'],
  [0x0100, 'nx'],
  [0x0200, 'no-isolation'],
  [0x0400, 'no-seh'],
  [0x0800, 'no-bind'],
  [0x1000, 'app-container'],
  [0x2000, 'wdm-driver'],
  [0x4000, 'control-flow-guard'],
  [0x8000, 'terminal-server-aware'],
]

/** IMAGE_SCN_* (PE/COFF specification, "Section Flags"). */
export const sectionFlags: FlagNames = [
  [0x0000_0020, 'code'],
  [0x0000_0040, 'data'],
  [0x0000_0080, 'uninitialized'],
  [0x0200_0000, 'discardable'],
  [0x0400_0000, 'not-cached'],
  [0x0800_0000, 'not-paged'],
  [0x1000_0000, 'shared'],
  [0x2000_0000, 'execute'],
  [0x4000_0000, 'read'],
  [0x8000_0000, 'write'],
]

export function namedFlags(value: number, names: FlagNames): Flags {
  return { value, names: names.filter(([mask]) => (value & mask) !== 0).map(([, name]) => name) }
}

const subsystems: Readonly<Record<number, string>> = {
  1: 'native',
  2: 'gui',
  3: 'console',
  5: 'os2',
  7: 'posix',
  9: 'windows-ce',
  10: 'efi-application',
  11: 'efi-boot-driver',
  12: 'efi-runtime-driver',
  13: 'efi-rom',
  14: 'xbox',
  16: 'boot-application',
}

/** `console`, `gui` or another (PE/COFF specification, "Windows Subsystem"); the number where it has no name. */
export function subsystemName(subsystem: number): string {
  return subsystems[subsystem] ?? String(subsystem)
}
