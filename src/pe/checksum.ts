/** Adds up the PE checksum of a file given piece by piece; every piece but the last must be a multiple of four bytes long. */
export interface ChecksumSum {
  add(bytes: Uint8Array): void
  /** The checksum of the file; its own field must have been added as zero. */
  finish(): number
}

// 2^20 words of 32 bits add up to at most 2^52, which a double still holds exactly.
const wordsAtOnce = 1 << 20

/**
 * The checksum of the optional header ("CheckSum" in the PE specification; the algorithm is that of CheckSumMappedFile):
 * the one's complement sum of all 16-bit words, plus the file's length.
 * The sum is taken over 32-bit words and folded, which gives the same value and is several times as fast.
 */
export function peChecksum(): ChecksumSum {
  let sum = 0
  let length = 0
  return {
    add(bytes) {
      length += bytes.length
      sum = fold(sum + sumOf(bytes))
    },
    finish: () => sum + length,
  }
}

function sumOf(bytes: Uint8Array): number {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes)
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >>> 2)
  let total = 0
  for (let start = 0; start < words.length; start += wordsAtOnce)
    total = fold(total + sumWords(words, start, Math.min(words.length, start + wordsAtOnce)))
  const rest = aligned.subarray(words.length * 4)
  return rest.reduce((value, byte, index) => value + byte * 2 ** (8 * index), total)
}

/** Four running sums: one alone would wait for itself. */
function sumWords(words: Uint32Array, start: number, end: number): number {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  const last = end - ((end - start) % 4)
  for (let index = start; index < last; index += 4) {
    a += words[index]!
    b += words[index + 1]!
    c += words[index + 2]!
    d += words[index + 3]!
  }
  for (let index = last; index < end; index++) a += words[index]!
  return a + b + c + d
}

/** One's complement reduction to 16 bits; zero only for zero. */
function fold(value: number): number {
  let rest = value
  while (rest > 0xffff) rest = (rest % 0x10000) + Math.floor(rest / 0x10000)
  return rest
}
