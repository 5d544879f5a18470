/** One image of an icon as it is stored in an exe: a PNG, or a bitmap with a mask and without a file header. */
export interface IconImage {
  /** Pixels, at least 1; Windows shows none above 256. */
  readonly width: number
  readonly height: number
  /** Palette size as the directory states it; 0 for none. */
  readonly colors: number
  readonly planes: number
  readonly bitCount: number
  readonly data: Buffer
}

export interface Icon {
  readonly path: string
  readonly images: readonly IconImage[]
  /** Of the file, hex. */
  readonly sha256: string
}

/** Straight RGBA, eight bits a channel, rows from the top. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}
