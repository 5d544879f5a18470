import { copyFile, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { pinnedGo, thisHost } from '../../src/go/provision/pinned.ts'
import { moduleVersion } from '../../src/go/provision/sources.ts'
import { newestOf } from '../../src/go/provision/wanted.ts'
import { command } from '../command.ts'
import { plainEnvironment } from '../environment.ts'
import type { Provisioned } from '../inside/provision-once.ts'
import { against, mediansOf, race } from '../race.ts'
import type { Row } from '../row.ts'
import type { Setting } from '../setting.ts'
import { estimate } from '../statistics.ts'

/** Go verified, unpacked and started once from an archive that is on this machine, against `unzip` of the same archive. */
export const provision: Row = {
  name: 'provision',
  title: 'Go from a downloaded archive: verified, unpacked, started',
  rounds: { full: 7, quick: 2 },
  measure: async (setting, rounds) => {
    const { proxy, zip } = await downloaded(setting)
    const peaks: number[] = []
    // Folders stay until the end: ext4 is slow to give inodes that were freed a moment ago, to whoever comes next.
    const contenders = [
      { name: 'unzip', run: async () => void (await command('unzip', ['-q', zip, '-d', setting.folder('unzip')], plain(setting))) },
      {
        name: 'gopack',
        run: async () => {
          const env = { ...plainEnvironment(), GOPROXY: pathToFileURL(proxy).href, GOENV: 'off' }
          const args = [setting.script('provision-once'), setting.folder('provision')]
          peaks.push((JSON.parse(await command(process.execPath, args, { cwd: setting.root, env })) as Provisioned).peak)
        },
      },
    ]
    const times = await race(contenders, { rounds, progress: setting.progress })
    return {
      figures: [...mediansOf(times), { name: 'archive', value: (await stat(zip)).size, unit: 'B' }],
      verdicts: [
        against(times, 'gopack', 'unzip', 1.3),
        { what: 'peak memory', estimate: estimate(peaks.slice(1)), unit: 'B', atMost: 150_000_000 },
      ],
    }
  },
}

const plain = (setting: Setting): { cwd: string; env: NodeJS.ProcessEnv } => ({ cwd: setting.root, env: plainEnvironment() })

/** The module zip of the Go gopack brings with it, as a proxy that is a folder. */
async function downloaded(setting: Setting): Promise<{ readonly proxy: string; readonly zip: string }> {
  setting.progress('downloading Go')
  const version = moduleVersion(newestOf(Object.keys(pinnedGo))!, thisHost())
  const cache = setting.folder('modules')
  const env = { ...plainEnvironment(), GOMODCACHE: cache, GOFLAGS: '-modcacherw' }
  await command('go', ['mod', 'download', `golang.org/toolchain@${version}`], { cwd: cache, env })
  const proxy = setting.folder('proxy')
  const inside = join('golang.org', 'toolchain', '@v')
  await mkdir(join(proxy, inside), { recursive: true })
  const zip = join(proxy, inside, `${version}.zip`)
  await copyFile(join(cache, 'cache', 'download', inside, `${version}.zip`), zip)
  return { proxy, zip }
}
