/** Bytes to stand in place of those at a file offset. */
export interface Patch {
  readonly offset: number
  readonly bytes: Uint8Array
}

/** A stretch of a file that is written: bytes at hand, or a range of the old file. */
export type Piece = Uint8Array | { readonly from: number; readonly to: number }

/** The same pieces with patches of the old file laid over its ranges. @param patches in the order of their offsets, none over another */
export function withPatches(pieces: readonly Piece[], patches: readonly Patch[]): Piece[] {
  return pieces.flatMap((piece) => {
    if (piece instanceof Uint8Array) return [piece]
    const parts: Piece[] = []
    let from = piece.from
    for (const { offset, bytes } of patches) {
      if (offset < from || offset + bytes.length > piece.to) continue
      parts.push({ from, to: offset }, bytes)
      from = offset + bytes.length
    }
    return [...parts, { from, to: piece.to }]
  })
}
