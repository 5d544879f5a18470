import { configError } from '../errors/config.ts'

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
  /** Only the programs that changed since their last tag. */
  readonly changed?: boolean | undefined
  readonly tags?: readonly string[] | undefined
  readonly ldflags?: readonly string[] | undefined
}

/**
 * No wish may hold a control character: they become names, paths and flags of other programs.
 * @throws USAGE
 */
export function checkRequest({ targets, mains, out, timestamp, setVersion, tags, ldflags }: BuildRequest): void {
  const wishes = { target: targets, main: mains, out, timestamp, 'set-version': setVersion, tags, ldflags }
  for (const [option, wish] of Object.entries(wishes)) {
    const found = [wish ?? []].flat().find((text) => /\p{Cc}/u.test(text))
    if (found !== undefined)
      throw configError('USAGE', { message: `--${option} holds a control character (a line break, a tab, …): ${JSON.stringify(found)}.` })
  }
}
