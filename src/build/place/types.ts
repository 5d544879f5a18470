/** The finished executable is the linker's output as it is: every target but Windows. */
export interface PlacePlan {
  readonly step: 'place'
  /** Path of the finished executable in the output folder. */
  readonly path: string
}
