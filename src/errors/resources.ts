import { errorMaker, exitCodes, type ErrorEntry } from './gopack-error.ts'

export const resourceErrors = {
  ICON_MISSING: {
    exit: exitCodes.usage,
    summary: 'The icon the configuration names is not there.',
    remedy: 'Correct `resources.icon`, or write `icon: none` to have none.',
  },
  ICON_BROKEN: {
    exit: exitCodes.usage,
    summary: 'An icon file is damaged or of an unknown kind.',
    remedy: 'Export the icon again, as .ico or as .png.',
  },
  ICON_TOO_LARGE: {
    exit: exitCodes.usage,
    summary: 'An icon is larger than gopack will read.',
    remedy: 'Use a .png of at most 4096 × 4096 pixels, or a file of at most 16 MB; 256 × 256 pixels are all Windows shows.',
  },
  ICON_CHANGED: {
    exit: exitCodes.failure,
    summary: 'The icon changed while the build was running.',
    remedy: 'Run the build again.',
  },
  MANIFEST_MISSING: {
    exit: exitCodes.usage,
    summary: 'The manifest the configuration names is not there.',
    remedy: 'Correct `resources.manifest`, or leave it out to get the default manifest.',
  },
  MANIFEST_BROKEN: {
    exit: exitCodes.usage,
    summary: 'A manifest file is one Windows would refuse, so the program would not start.',
    remedy: 'Correct the manifest, or leave it out to get the default one.',
  },
  RESOURCE_FILE_BROKEN: {
    exit: exitCodes.usage,
    summary: 'A winres.json or versioninfo.json cannot be read.',
    remedy: 'Correct the file, or remove it: gopack reads it only because it is there.',
  },
  RESOURCE_LANGUAGE_UNKNOWN: {
    exit: exitCodes.usage,
    summary: 'A language of the version information is not known to Windows.',
    remedy: 'Use a tag such as de-DE, or the number Windows gives the language, such as "0x0407".',
  },
  RESOURCE_TEXT_TOO_LONG: {
    exit: exitCodes.usage,
    summary: 'The texts of the version information do not fit into its format.',
    remedy: 'Shorten them: the texts of one language may have about 32,000 characters together.',
  },
  RESOURCE_VERSION_RANGE: {
    exit: exitCodes.usage,
    summary: 'A part of the version does not fit into the file version of Windows.',
    remedy: 'Use a version whose parts are at most 65535.',
  },
  RESOURCES_NO_ROOM: {
    exit: exitCodes.packaging,
    summary: "The executable's section table is full, so no resources can be added.",
    remedy:
      'Link with fewer sections (`-ldflags=-s -w` drops the debug sections), or add any .syso with resources: its section can be replaced.',
  },
  RESOURCES_SIGNED: {
    exit: exitCodes.packaging,
    summary: 'The executable is signed already; adding resources would break the signature.',
    remedy: 'Let gopack sign after it has added the resources, or remove the signature first.',
  },
  RCEDIT_NO_WINE: {
    exit: exitCodes.missingTool,
    summary: 'The engine rcedit needs Wine here, and there is none.',
    remedy: 'Install Wine (Debian: `apt install wine wine64`), name it in WINE_BINARY, or use `engine: portable`, which needs nothing.',
  },
  RCEDIT_MISSING: {
    exit: exitCodes.missingTool,
    summary: 'The npm package rcedit is not installed.',
    remedy: 'Install gopack with its dependencies, or use `engine: portable`.',
  },
  RCEDIT_FAILED: {
    exit: exitCodes.packaging,
    summary: 'rcedit did not do its work.',
    remedy: 'Use `engine: portable`, which needs no other program.',
  },
  RCEDIT_ONE_LANGUAGE: {
    exit: exitCodes.usage,
    summary: 'The engine rcedit writes version information in one language only.',
    remedy: 'Use `engine: portable` for several languages, or for one other than English (United States).',
  },
} satisfies Record<string, ErrorEntry>

export const resourceError = errorMaker(resourceErrors)
