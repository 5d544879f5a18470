/**
 * DLLs that every supported Windows has (Windows 10, Server 2016 with a desktop, and newer); a program that imports another one needs
 * it shipped beside it. Those of drivers and of the redistributable packages are none of them.
 */
const inWindows = new Set(
  `activeds advapi32 amsi authz avicap32 avifil32 avrt bcrypt bcryptprimitives cabinet cfgmgr32 clbcatq combase comctl32 comdlg32 credui
  crypt32 cryptbase cryptnet cryptsp cryptui d2d1 d3d11 d3d12 d3d9 d3dcompiler_47 dbghelp dciman32 ddraw dhcpcsvc dinput dinput8
  dnsapi dsound dwmapi dwrite dxgi dxva2 esent faultrep fltlib fwpuclnt gdi32 gdiplus glu32 hid httpapi imagehlp imm32 iphlpapi
  kernel32 kernelbase ksuser ktmw32 logoncli lz32 mapi32 mlang mpr mprapi msacm32 mscms mscoree msctf msdelta msi msimg32 msvcrt
  msvfw32 mswsock msxml3 msxml6 ncrypt netapi32 netutils newdev normaliz ntdll ntdsapi odbc32 odbccp32 ole32 oleacc oleaut32 oledlg
  opengl32 pdh powrprof printui propsys psapi rasapi32 rpcrt4 rstrtmgr rtutils schannel sechost secur32 sensapi setupapi sfc shcore
  shdocvw shell32 shfolder shlwapi slc srvcli sspicli t2embed tapi32 tbs tdh traffic ucrtbase uiautomationcore urlmon user32 userenv
  usp10 uxtheme version virtdisk vssapi websocket wer wevtapi windowscodecs winhttp wininet winmm winscard winspool.drv winsta
  wintrust winusb wkscli wldap32 ws2_32 wsdapi wsock32 wtsapi32 xmllite`.split(/\s+/),
)

export function isPartOfWindows(dll: string): boolean {
  const name = dll.toLowerCase()
  return name.startsWith('api-ms-win-') || name.startsWith('ext-ms-win-') || inWindows.has(name.replace(/\.dll$/, ''))
}
