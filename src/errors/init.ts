import { errorMaker, exitCodes, type ErrorEntry } from './gopack-error.ts'

const exit = exitCodes.usage

export const initErrors = {
  INIT_FILE_EXISTS: {
    exit,
    summary: 'A file that `gopack init` would write is there already; nothing was written.',
    remedy: 'Compare with `gopack init --dry-run`, then write over it with --force.',
  },
  INIT_OTHER_CONFIG: {
    exit,
    summary: 'The module has a configuration of gopack under another name; nothing was written.',
    remedy: 'Keep the one there is, or remove it and run `gopack init` again.',
  },
  INIT_PACKAGE_JSON: {
    exit,
    summary: 'package.json is not one that a script can be added to; nothing was written.',
    remedy: 'Correct package.json (`npm pkg get scripts` reads it), or move it away for the moment.',
  },
  INIT_WRITE: {
    exit: exitCodes.failure,
    summary: 'A file could not be written.',
    remedy: 'Check that the folder may be written to and that the disk is not full.',
  },
} satisfies Record<string, ErrorEntry>

export const initError = errorMaker(initErrors)
