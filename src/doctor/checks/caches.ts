import { cacheFolder } from '../../cache/folder.ts'
import { isVendored } from '../../go/environment.ts'
import { fail, warn } from '../results.ts'
import type { Check } from '../types.ts'
import { checkWritable } from '../writable.ts'

export const buildCacheCheck: Check = {
  id: 'build-cache',
  title: 'Go build cache',
  run({ goSettings: { GOCACHE: folder } }) {
    if (folder === undefined) return undefined
    const fix = 'Set GOCACHE to a folder you may write to.'
    return folder === '' || folder === 'off' ? fail('GOCACHE is off, and Go builds nothing without it', fix) : checkWritable(folder, fix)
  },
}

export const moduleCacheCheck: Check = {
  id: 'module-cache',
  title: 'Go module cache',
  run({ go, goSettings, moduleFolder }) {
    if (go.value === undefined || goSettings.GOMODCACHE === undefined) return undefined
    const result = checkWritable(goSettings.GOMODCACHE, 'Set GOMODCACHE (or GOPATH) to a folder you may write to.')
    const needed = moduleFolder.value === undefined || !isVendored(moduleFolder.value)
    return result.status === 'fail' && !needed ? warn(`${result.detail}; this module has its dependencies in vendor/`, result.fix) : result
  },
}

export const gopackCacheCheck: Check = {
  id: 'gopack-cache',
  title: 'gopack cache',
  run: ({ environment }) => checkWritable(cacheFolder(environment), 'Set GOPACK_CACHE to a folder you may write to.'),
}
