/** Compares Go versions such as `go1.26.8`, `1.26`, `1.27rc1`; negative when `a` is older. A missing patch counts as 0, a release outranks its candidates. */
export function compareGoVersions(a: string, b: string): number {
  const left = parts(a)
  const right = parts(b)
  for (const [index, value] of left.entries()) {
    const difference = value - right[index]!
    if (difference !== 0) return difference
  }
  return 0
}

function parts(version: string): number[] {
  const match = /^(?:go)?(\d+)\.(\d+)(?:\.(\d+))?(?:(beta|rc)(\d+))?/.exec(version)
  if (match === null) return [0, 0, 0, 0, 0]
  const [, major, minor, patch, stage, number] = match
  return [Number(major), Number(minor), Number(patch ?? 0), stage === undefined ? 2 : stage === 'rc' ? 1 : 0, Number(number ?? 0)]
}

/** True when an installed version is the one asked for: `1.26` takes every 1.26.x, `1.26.8` just itself. */
export function isRequestedGo(installed: string, requested: string): boolean {
  const bare = installed.replace(/^go/, '')
  return bare === requested || (/^\d+\.\d+$/.test(requested) && (bare.startsWith(`${requested}.`) || bare.startsWith(`${requested}rc`)))
}
