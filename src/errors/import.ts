import { errorMaker, exitCodes, type ErrorEntry } from './gopack-error.ts'

const exit = exitCodes.usage

export const importErrors = {
  IMPORT_MISSING: {
    exit,
    summary: 'A file to import from is not there.',
    remedy: 'Correct the path given to --from; it is relative to the folder gopack is started in (or --cwd).',
  },
  IMPORT_UNREADABLE: {
    exit,
    summary: 'A file to import from cannot be read.',
    remedy: 'Check that it is a regular file of less than 1 MB that you may read; YAML and JSON must be UTF-8.',
  },
  IMPORT_FORMAT: {
    exit,
    summary: 'A file is of no kind that gopack can import.',
    remedy: 'Name a .goreleaser.yaml, a winres.json of go-winres, a versioninfo.json of goversioninfo, or a .rc file.',
  },
  IMPORT_SYNTAX: {
    exit,
    summary: 'A file to import from is not valid YAML or JSON, or not of the shape its tool reads.',
    remedy: 'Correct the line named; the tool the file is for would refuse it too.',
  },
  IMPORT_TWICE: {
    exit,
    summary: 'Two files to import from say the same kind of thing.',
    remedy: 'Name one configuration of a build (.goreleaser.yaml) and one file with resources (winres.json, versioninfo.json or .rc).',
  },
  IMPORT_NOTHING: {
    exit,
    summary: 'The configuration to import has no program that gopack could build.',
    remedy: 'Run `gopack init --no-import`, which looks for main packages itself.',
  },
  IMPORT_STRICT: {
    exit,
    summary: 'Not everything can be carried over as it is, and --strict was given; nothing was written.',
    remedy: 'Read the lines above; without --strict everything else is carried over.',
  },
  IMPORT_RC_SYNTAX: {
    exit,
    summary: 'A .rc file cannot be read as a resource script.',
    remedy: 'Correct the line named; `windres` or `rc` should then take it too.',
  },
  IMPORT_RC_INCLUDE: {
    exit,
    summary: 'A .rc file includes a file that is not one of the headers of Windows.',
    remedy: 'Put the constants it needs into the .rc file itself with #define, and take the #include out.',
  },
  IMPORT_RC_CODE_PAGE: {
    exit,
    summary: 'The characters of a .rc file are not those of the code page it says it is in.',
    remedy: 'Save the file as UTF-8 and put `#pragma code_page(65001)` before the first such character.',
  },
} satisfies Record<string, ErrorEntry>

export const importError = errorMaker(importErrors)
