import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { cacheFolder } from '../../cache/folder.ts'
import { formatSize } from '../../host/terminal.ts'
import { fail, ok, warn } from '../results.ts'
import type { Check } from '../types.ts'

/** Below this a build of one small program fails; below the other a first build of a large one does. */
const bounds = { fail: 200e6, warn: 2e9 }

export const diskCheck: Check = {
  id: 'disk',
  title: 'Free disk',
  async run({ request, config, goSettings, environment, freeSpace }) {
    const out = resolve(config.value?.folder ?? request.cwd, request.out ?? config.value?.config.out ?? 'dist')
    const places: readonly (readonly [string, string])[] = [
      ['output', out],
      ['temporary files', tmpdir()],
      ['gopack cache', cacheFolder(environment)],
      ...(goSettings.GOCACHE ? [['Go build cache', goSettings.GOCACHE] as const] : []),
    ]
    const free = await Promise.all(places.map(async ([name, path]) => ({ name, path, bytes: await freeSpace(path) })))
    const least = free.reduce((a, b) => (b.bytes < a.bytes ? b : a))
    const detail = `${formatSize(least.bytes)} for ${least.name} (${least.path})`
    const fix = 'Free some space; `gopack cache clean` and `go clean -cache` remove what can be made again.'
    return least.bytes < bounds.fail ? fail(detail, fix) : least.bytes < bounds.warn ? warn(detail, fix) : ok(detail)
  },
}
