import { cacheFolder } from '../cache/folder.ts'
import { cleanCache, defaultCacheLimit, sizeOf } from '../cache/prune.ts'
import { configError } from '../errors/config.ts'
import { formatSize } from '../host/terminal.ts'
import type { RunCommand } from './command.ts'

/** `gopack cache [clean]` */
export const runCache: RunCommand = async ({ args, output }) => {
  const [action = 'show'] = args
  if (action !== 'show' && action !== 'clean')
    throw configError('USAGE', {
      message: `There is no \`gopack cache ${action}\`; there are \`gopack cache\` and \`gopack cache clean\`.`,
    })
  const folder = cacheFolder()
  const freed = action === 'clean' ? await cleanCache(folder) : 0
  const size = await sizeOf(folder)
  if (output.options.json) output.json({ folder, size, limit: defaultCacheLimit, ...(action === 'clean' ? { freed } : {}) })
  else
    output.result(
      action === 'clean'
        ? `Removed ${formatSize(freed)} from ${folder}.`
        : `${folder}: ${formatSize(size)} of at most ${formatSize(defaultCacheLimit)}.`,
    )
  return 0
}
