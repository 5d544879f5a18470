import { errorMaker, exitCodes, type ErrorEntry } from './gopack-error.ts'

const exit = exitCodes.usage

export const projectErrors = {
  NOT_A_MODULE: {
    exit,
    summary: 'There is no go.mod here or in any folder above.',
    remedy: 'Run gopack inside a Go module, name one with --cwd DIR, or make one with `go mod init`.',
  },
  GO_MISSING: {
    exit: exitCodes.missingTool,
    summary: 'The go command was not found.',
    remedy: 'Install Go and put it on PATH, then run `gopack doctor`.',
  },
  GO_TOO_OLD: {
    exit: exitCodes.missingTool,
    summary: 'The go command found is older than the module or the configuration asks for.',
    remedy: 'Install a newer Go, or put it first on PATH; `gopack doctor` shows which one is found.',
  },
  GO_FAILED: {
    exit: exitCodes.failure,
    summary: 'The go command could not read the module.',
    remedy: 'Read its own lines above; `go list ./...` should show the same.',
  },
  GO_SUM_MISSING: {
    exit,
    summary: 'go.mod and go.sum are not complete.',
    remedy: 'Run `go mod tidy` and commit go.mod and go.sum.',
  },
  SHALLOW_CLONE: {
    exit,
    summary: 'The clone is shallow: its history does not reach back far enough.',
    remedy: 'Run `git fetch --unshallow --tags` (on GitHub Actions: fetch-depth: 0).',
  },
  NO_MAIN_PACKAGE: {
    exit,
    summary: 'No main package was found: there is no program to build.',
    remedy: 'Name one with --main ./cmd/NAME, or with `main:` in gopack.yaml.',
  },
  SEVERAL_MAIN_PACKAGES: {
    exit,
    summary: 'There are several main packages and none was chosen.',
    remedy: 'Choose one with --main PACKAGE (or `main:` in gopack.yaml), or take all with --main ./...',
  },
  NOT_A_MAIN_PACKAGE: {
    exit,
    summary: 'The package chosen is not a program.',
    remedy: 'Choose a package whose files say `package main`.',
  },
  NAME_INVALID: {
    exit,
    summary: 'A program name cannot be used as a file name on every system.',
    remedy: 'Use letters, digits, ".", "_" and "-", beginning with a letter or digit; set `name:` in gopack.yaml.',
  },
  NAME_TWICE: {
    exit,
    summary: 'Two programs would have the same name.',
    remedy: 'Build them one at a time with --main, or rename one of the packages.',
  },
  TARGET_UNKNOWN: {
    exit,
    summary: 'A target is not one this Go can build for.',
    remedy: 'Use OS/ARCH[/VARIANT] such as windows/amd64; `go tool dist list` prints all.',
  },
  TARGET_VARIANT: {
    exit,
    summary: 'The variant of a target is not one its architecture has.',
    remedy: 'Use one of the variants named, or none.',
  },
  VERSION_INVALID: {
    exit,
    summary: 'A version is not semver, or a part of it is above 65535.',
    remedy: 'Use MAJOR.MINOR.PATCH with an optional -prerelease, each number at most 65535 (Windows stores 16 bits).',
  },
  TIMESTAMP_INVALID: {
    exit,
    summary: 'A timestamp cannot be read.',
    remedy: 'Use commit, now, or a time such as 2026-11-21T15:30:00Z; SOURCE_DATE_EPOCH takes whole seconds since 1970.',
  },
  GIT_OWNERSHIP: {
    exit,
    summary: 'git refuses the repository because it belongs to another user.',
    remedy: 'Run `git config --global --add safe.directory DIR` if you trust it, or build as its owner.',
  },
  GIT_FAILED: {
    exit: exitCodes.failure,
    summary: 'git could not read the repository.',
    remedy: 'Read its own lines above; `git status` should show the same.',
  },
} satisfies Record<string, ErrorEntry>

export const projectError = errorMaker(projectErrors)
