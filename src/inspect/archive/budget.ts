/** Bounds on what an archive may make us do; far above any release, far below what a bomb needs. */
export const limits = {
  entries: 100_000,
  /** Characters of all names together. */
  names: 16 << 20,
  /** Executables that are looked into. */
  executables: 1000,
  /** Bytes of one executable held in memory. */
  executable: 256 << 20,
  /** Unpacked bytes that are always allowed. */
  free: 64 << 20,
  /** Beyond those: unpacked bytes for each byte of the archive. */
  ratio: 200,
} as const

/** Counts unpacked bytes; `take` says false when the archive has unpacked to more than any honest one would. */
export interface Budget {
  take(bytes: number): boolean
  allows(bytes: number): boolean
}

export function unpackBudget(archiveSize: number): Budget {
  const allowed = Math.max(limits.free, archiveSize * limits.ratio)
  let taken = 0
  return {
    take: (bytes) => (taken += bytes) <= allowed,
    allows: (bytes) => taken + bytes <= allowed,
  }
}

/** For entries of a stream whose bytes have been counted already. */
export const unlimited: Budget = { take: () => true, allows: () => true }
