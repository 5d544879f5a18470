/** Where a DLL comes from that is no part of Windows, and how to do without it. */
export interface DllOrigin {
  readonly from: string
  readonly fix: string
}

const linkStatically =
  'Link it statically: `-static` in the #cgo LDFLAGS of the package that needs it (gopack passes -extldflags=-static itself where it builds with cgo).'
const buildWithMingw = 'Compile with a mingw-w64 compiler (MSYS2: the UCRT64 or MINGW64 shell), whose programs need no such DLL.'
const redistributable =
  'Link it statically (/MT, or -static), or put the DLL beside the program: Microsoft allows it, and a clean Windows has none.'
const debugBuild = 'Compile for release (/MD or /MT without d): debug libraries may not be shipped.'

const origins: readonly (readonly [RegExp, string, string])[] = [
  [/^libgcc_s_(seh|dw2|sjlj)-1\.dll$/, "GCC's own runtime (mingw-w64)", linkStatically],
  [/^libstdc\+\+-6\.dll$/, "GCC's C++ library (mingw-w64)", linkStatically],
  [/^libwinpthread-1\.dll$/, 'the thread library of mingw-w64', linkStatically],
  [/^libssp-0\.dll$/, "GCC's stack protector", linkStatically],
  [/^lib(gomp|quadmath|atomic|gfortran|objc|gnat|asan|ubsan)-?\d*\.dll$/, 'a library of GCC', linkStatically],
  [/^lib(c\+\+|unwind|c\+\+abi)\.dll$/, "LLVM's C++ library (llvm-mingw)", linkStatically],
  [/^msys-2\.0\.dll$/, "MSYS2's POSIX layer", buildWithMingw],
  [/^cygwin1\.dll$/, "Cygwin's POSIX layer", buildWithMingw],
  [/^(vcruntime|msvcp|msvcr|concrt|vccorlib|vcamp|vcomp|mfc)\d+.*d\.dll$|^ucrtbased\.dll$/, "Visual C++'s debug libraries", debugBuild],
  [/^(vcruntime|msvcp|msvcr|concrt|vccorlib|vcamp|vcomp|mfcm?)\d+\w*\.dll$/, 'the Visual C++ Redistributable', redistributable],
  [/^(nvcuda|nvml|nvapi64|nvapi|amdhip64|opencl|vulkan-1|cudart64_\d+|cublas64_\d+)\.dll$/, 'a graphics driver or its toolkit', ''],
]

/** The origin of a DLL by its name; undefined for one that is not known. */
export function originOf(dll: string): DllOrigin | undefined {
  const found = origins.find(([pattern]) => pattern.test(dll.toLowerCase()))
  return found === undefined ? undefined : { from: found[1], fix: found[2] }
}
