import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where gopack keeps what it may lose: GOPACK_CACHE, else the system's place for caches. */
export function cacheFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const own = environment['GOPACK_CACHE']
  if (own !== undefined && own !== '') return resolve(own)
  if (process.platform === 'win32') return join(environment['LocalAppData'] ?? join(homedir(), 'AppData', 'Local'), 'gopack', 'cache')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'gopack')
  const xdg = environment['XDG_CACHE_HOME']
  return join(xdg !== undefined && xdg !== '' ? xdg : join(homedir(), '.cache'), 'gopack')
}
