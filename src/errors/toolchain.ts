import { errorMaker, exitCodes, type ErrorEntry } from './gopack-error.ts'

export const toolchainErrors = {
  GO_UNREACHABLE: {
    exit: exitCodes.missingTool,
    summary: 'Go is needed, and it could not be fetched from anywhere.',
    remedy:
      'Install Go and put it on PATH; or let gopack fetch it: connect to the network, or set GOPROXY to a module proxy you can reach.',
  },
  GO_NOT_OFFERED: {
    exit: exitCodes.missingTool,
    summary: 'gopack has no Go to fetch for this kind of machine.',
    remedy: 'Install Go and put it on PATH: see https://go.dev/doc/install, or the packages of your system.',
  },
  GO_UNVERIFIED: {
    exit: exitCodes.missingTool,
    summary: 'A Go whose hash gopack does not know cannot be checked while GOSUMDB is off.',
    remedy: 'Leave GOSUMDB unset (`go env -u GOSUMDB`), name a version gopack knows in go.version, or install Go and put it on PATH.',
  },
  GO_VERSION_UNKNOWN: {
    exit: exitCodes.usage,
    summary: 'There is no Go of the version asked for.',
    remedy: 'Correct go.version in gopack.yaml, or the go and toolchain lines of go.mod.',
  },
  GO_REFUSED: {
    exit: exitCodes.packaging,
    summary: 'What was downloaded is not the Go it should be; it was thrown away.',
    remedy: 'Try again; if it stays, ask whoever runs the proxy named, or choose another with GOPROXY.',
  },
  GO_NOT_KEPT: {
    exit: exitCodes.packaging,
    summary: 'Go was downloaded but could not be written to the cache.',
    remedy: 'Make room (Go takes 300 MB) and see that the cache folder can be written to, or name another in GOPACK_CACHE.',
  },
  GO_DOES_NOT_START: {
    exit: exitCodes.missingTool,
    summary: 'Go was downloaded but does not start on this machine.',
    remedy: 'See that programs may be run from the cache folder, or name another in GOPACK_CACHE; or install Go and put it on PATH.',
  },
} satisfies Record<string, ErrorEntry>

export const toolchainError = errorMaker(toolchainErrors)
