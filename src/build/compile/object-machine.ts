// PE/COFF specification, "Machine Types"; System V ABI, e_machine; mach/machine.h.
const coff: Readonly<Record<number, string>> = {
  0x8664: 'windows/amd64',
  0x14c: 'windows/386',
  0xaa64: 'windows/arm64',
  0x1c4: 'windows/arm',
}
const elf: Readonly<Record<number, string>> = { 62: 'linux/amd64', 3: 'linux/386', 183: 'linux/arm64', 40: 'linux/arm' }
const machO: Readonly<Record<number, string>> = { 0x01000007: 'darwin/amd64', 0x0100000c: 'darwin/arm64' }

/**
 * The system and architecture an object file is for, as GOOS/GOARCH; every ELF system counts as linux.
 * @param start the first 32 bytes of the file, or all of a shorter one
 */
export function objectMachine(start: Buffer): string | undefined {
  if (start.length < 20) return undefined
  if (start.readUInt32BE(0) === 0x7f454c46) return elf[start.readUInt16LE(18)]
  if (start.readUInt32LE(0) === 0xfeedfacf) return machO[start.readUInt32LE(4)]
  return coff[start.readUInt16LE(0)]
}
