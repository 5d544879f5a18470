import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { ArchiveDamage, asDamage } from './damage.ts'
import { pathOnDisk, type ArchiveFile } from './files.ts'

/**
 * The files of a .tar.gz whose entries all lie below `prefix`, one after the other: each must be read before the next is asked for.
 * @throws ArchiveDamage
 */
export async function* openTar(path: string, prefix: string): AsyncGenerator<ArchiveFile> {
  const { extract } = await import('tar-stream')
  const tar = extract()
  const flow = pipeline(createReadStream(path, { highWaterMark: 256 * 1024 }), createGunzip({ chunkSize: 256 * 1024 }), tar)
  // Its error also comes out of the loop below.
  flow.catch(() => undefined)
  try {
    for await (const entry of tar) {
      const { name, type } = entry.header
      const shown = JSON.stringify(name)
      if (!name.startsWith(prefix)) throw new ArchiveDamage(`it holds ${shown}, which is not below ${prefix}`)
      if (type === 'directory') {
        entry.resume()
        continue
      }
      if (type !== 'file') throw new ArchiveDamage(`it holds ${shown}, which is a link or no regular file`)
      let wasRead = false
      yield {
        path: pathOnDisk(name.slice(prefix.length)),
        read: async (take) => {
          wasRead = true
          for await (const piece of entry as AsyncIterable<Buffer>) take(piece)
        },
      }
      if (!wasRead) entry.resume()
    }
    await flow
  } catch (error) {
    throw asDamage(error)
  }
}
