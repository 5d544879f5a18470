import { errorMaker, exitCodes, type ErrorEntry } from './gopack-error.ts'

export const inspectErrors = {
  INSPECT_NOT_FOUND: {
    exit: exitCodes.usage,
    summary: 'The file or folder to inspect does not exist or cannot be read.',
    remedy: 'Check the path and its permissions; gopack inspect takes an executable, a .zip, a .tar.gz or a dist folder.',
  },
  INSPECT_UNKNOWN_FILE: {
    exit: exitCodes.usage,
    summary: 'The file is neither an executable nor an archive gopack can read.',
    remedy: 'Name a Windows, Linux or macOS executable, a .zip, a .tar.gz or a dist folder.',
  },
  INSPECT_NOT_DIST: {
    exit: exitCodes.usage,
    summary: 'The folder is no dist folder of gopack: it has no readable artifacts.json.',
    remedy: 'Run `gopack build` first, or name one file instead of the folder.',
  },
  INSPECT_DAMAGED: {
    exit: exitCodes.packaging,
    summary: 'A file begins like an executable or an archive, but what follows is cut off or contradicts itself.',
    remedy: 'Copy or build the file again, and compare its SHA-256 with the one it was published with.',
  },
} satisfies Record<string, ErrorEntry>

export const inspectError = errorMaker(inspectErrors)
