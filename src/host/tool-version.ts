declare const GOPACK_VERSION: string | undefined

/** The version of gopack itself, put in by the build. */
export const toolVersion: string = typeof GOPACK_VERSION === 'string' ? GOPACK_VERSION : '0.0.0-source'
