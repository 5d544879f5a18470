/** DLLs that every supported Windows has; a program that imports another one needs it shipped beside it. */
const inWindows = new Set(
  `kernel32 kernelbase ntdll user32 gdi32 advapi32 shell32 shlwapi ole32 oleaut32 rpcrt4 ws2_32 iphlpapi dnsapi crypt32 bcrypt
  bcryptprimitives ncrypt secur32 userenv netapi32 wtsapi32 winmm winhttp wininet version setupapi cfgmgr32 psapi dbghelp powrprof
  comctl32 comdlg32 msvcrt ucrtbase`.split(/\s+/),
)

export function isPartOfWindows(dll: string): boolean {
  const name = dll.toLowerCase()
  return name.startsWith('api-ms-win-') || inWindows.has(name.replace(/\.dll$/, ''))
}
