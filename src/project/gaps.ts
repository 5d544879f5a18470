import { GopackError } from '../errors/gopack-error.ts'

const gapCodes: ReadonlySet<string> = new Set(['FILES_NO_MATCH', 'ICON_MISSING', 'MANIFEST_MISSING'])

/**
 * Before the hooks have run, a missing file may yet be made by one of them.
 * @param gaps where what is missing goes; undefined: what is missing is an error
 */
export async function orGap<T>(gaps: GopackError[] | undefined, found: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await found
  } catch (error) {
    if (gaps === undefined || !(error instanceof GopackError) || !gapCodes.has(error.code)) throw error
    gaps.push(error)
    return otherwise
  }
}
