import { errorMaker, exitCodes, type ErrorEntry } from './gopack-error.ts'

const exit = exitCodes.usage

export const archiveErrors = {
  FILES_NO_MATCH: {
    exit,
    summary: 'A pattern under archive.files matches nothing.',
    remedy: 'Correct the pattern, or remove it; it is relative to the folder of gopack.yaml.',
  },
  FILES_OUTSIDE: {
    exit,
    summary: 'A file for the archive lies outside the repository.',
    remedy: 'Copy it into the repository; archive.files reaches up to the git top level at most, symbolic links included.',
  },
  FILES_GIT: {
    exit,
    summary: 'A file for the archive belongs to git.',
    remedy: 'Name files of the project: what lies in .git may hold passwords and addresses, and never goes into an archive.',
  },
  FILES_NAME: {
    exit,
    summary: 'A name in the archive cannot be used on Windows.',
    remedy: 'Rename the file or give it another place with `to:`.',
  },
  FILES_CLASH: {
    exit,
    summary: 'Two files would have the same name in the archive.',
    remedy: 'Windows does not tell upper from lower case: rename one of them or give it another place with `to:`.',
  },
  ARCHIVE_NAME: {
    exit,
    summary: 'Archives would have the same or an invalid name.',
    remedy: 'Put {os} and {arch} (and {name} for several programs) into archive.name; no slashes or reserved names.',
  },
  DLL_MISSING: {
    exit: exitCodes.packaging,
    summary: 'A program imports a DLL that a clean Windows does not have and the archive does not hold beside it.',
    remedy:
      'Link the library statically, put the DLL beside the program with archive.files, or name it in archive.requires where the machines have it from elsewhere.',
  },
  DLL_WRONG_KIND: {
    exit: exitCodes.packaging,
    summary: 'A DLL beside a program is for another processor than the program.',
    remedy: 'Put the DLL for the same processor into archive.files; a configuration for each target helps where they differ.',
  },
  ARCHIVE_FAILED: {
    exit: exitCodes.packaging,
    summary: 'The archive could not be written.',
    remedy: 'Check free space and rights of the output folder.',
  },
} satisfies Record<string, ErrorEntry>

export const archiveError = errorMaker(archiveErrors)
