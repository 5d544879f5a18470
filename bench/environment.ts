/** The user's environment without what would favour or hinder one of the contenders. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const removed =
    /^(CI|GITHUB_.*|GITLAB_.*|FORCE_COLOR|SOURCE_DATE_EPOCH|GOPACK_.*|GORELEASER_.*|NODE_OPTIONS|CGO_.*|GO(OS|ARCH|FLAGS|WORK|EXPERIMENT|AMD64|386|ARM64))$/
  const kept = Object.entries(process.env).filter(([name]) => !removed.test(name))
  return { ...Object.fromEntries(kept), NO_COLOR: '1', LC_ALL: 'C.UTF-8', GOFLAGS: '', GOTOOLCHAIN: 'local' }
}

/** What every contender gets: the same flags, the module cache that is there, and caches of its own. */
export function contenderEnvironment(folder: string, moduleCache: string): NodeJS.ProcessEnv {
  return {
    ...plainEnvironment(),
    GOENV: 'off',
    GOPROXY: 'off',
    GOMODCACHE: moduleCache,
    CGO_ENABLED: '0',
    GOCACHE: `${folder}/go-cache`,
    GOPACK_CACHE: `${folder}/gopack-cache`,
  }
}
