import { errorMaker, exitCodes, type ErrorEntry } from './gopack-error.ts'

export const distErrors = {
  OUT_REFUSED: {
    exit: exitCodes.usage,
    summary: 'The output folder is one gopack will not write to.',
    remedy: 'Choose a folder of its own with --out, for example --out dist.',
  },
  OUT_NOT_FOLDER: {
    exit: exitCodes.packaging,
    summary: 'The output folder is a file or a symbolic link.',
    remedy: 'Remove it, or choose another folder with --out.',
  },
  OUT_NOT_WRITABLE: {
    exit: exitCodes.packaging,
    summary: 'The output folder cannot be written to.',
    remedy: 'Check its owner, its rights and the free space, or choose another folder with --out.',
  },
  CACHE_REFUSED: {
    exit: exitCodes.usage,
    summary: 'The cache folder is one that holds other things.',
    remedy: 'Set GOPACK_CACHE to a folder of its own, or unset it.',
  },
  FILE_UNREADABLE: {
    exit: exitCodes.failure,
    summary: 'A file the build needs cannot be read.',
    remedy: 'Check that it is there and that you may read it.',
  },
  DISK_FULL: {
    exit: exitCodes.packaging,
    summary: 'The disk is full.',
    remedy: 'Free some space (`gopack cache clean` removes what gopack keeps) and run gopack again.',
  },
  DIST_LOCKED: {
    exit: exitCodes.failure,
    summary: 'Another gopack is working on the same output.',
    remedy: 'Wait for it to end, or give this run a folder of its own with --out.',
  },
  DIST_DAMAGED: {
    exit: exitCodes.packaging,
    summary: 'An interrupted build left the output folder in a state that cannot be finished or undone.',
    remedy: 'Remove the output folder and build again; nothing outside it is affected.',
  },
  HOOK_FAILED: {
    exit: exitCodes.failure,
    summary: 'A hook ended with an error.',
    remedy: 'Read its own lines above and run it by hand.',
  },
  HOOK_MISSING: {
    exit: exitCodes.missingTool,
    summary: 'The program a hook names was not found.',
    remedy: 'Install it or correct the name; hooks are argument arrays, not shell lines.',
  },
  INTERRUPTED: {
    exit: exitCodes.interrupted,
    summary: 'gopack was interrupted.',
    remedy: 'Run it again; nothing half-made was left behind.',
  },
} satisfies Record<string, ErrorEntry>

export const distError = errorMaker(distErrors)
