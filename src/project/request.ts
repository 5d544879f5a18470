/** What a command line (or a caller of the API) asks for; everything absent comes from the configuration or the module. */
export interface BuildRequest {
  readonly cwd: string
  /** Path of the configuration file, relative to cwd. */
  readonly configFile?: string | undefined
  readonly targets?: readonly string[] | undefined
  /** Main packages, relative to cwd. */
  readonly mains?: readonly string[] | undefined
  /** Output folder, relative to cwd. */
  readonly out?: string | undefined
  readonly engine?: 'portable' | 'rcedit' | undefined
  /** commit, now, or RFC 3339. */
  readonly timestamp?: string | undefined
  readonly setVersion?: string | undefined
  readonly snapshot?: boolean | undefined
  readonly tags?: readonly string[] | undefined
  readonly ldflags?: readonly string[] | undefined
}
