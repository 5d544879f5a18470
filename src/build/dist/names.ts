/** Written last: where it is, everything it lists is whole. */
export const artifactsFileName = 'artifacts.json'

export const checksumsFileName = 'checksums.txt'

/** Keeps a build from making the tree dirty. */
export const ignoreFileName = '.gitignore'

/** Beginning of the names of what gopack itself keeps in the output folder for a while. */
export const ownPrefix = '.gopack-'

export const lockFileName = `${ownPrefix}lock`

export const isOwnName = (name: string): boolean => name === ignoreFileName || name.startsWith(ownPrefix)
