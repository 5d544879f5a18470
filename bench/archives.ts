import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { open } from 'yauzl'
import { architectures } from './modules.ts'
import type { Packager } from './packager.ts'

/** A comparison is one only when all make the same thing: as many zips as targets, with the same names inside. */
export async function checkSameArchives(packagers: readonly Packager[]): Promise<void> {
  const contents = await Promise.all(packagers.map(({ output }) => contentsOf(output)))
  for (const [index, { name, output }] of packagers.entries()) {
    const found = contents[index]!
    if (found.length !== architectures.length)
      throw new Error(`${name} left ${found.length} zips in ${output}, not ${architectures.length}.`)
    if (found.join('\n') !== contents[0]!.join('\n'))
      throw new Error(`${name} packs ${found[0]}; ${packagers[0]!.name} packs ${contents[0]![0]}.`)
  }
}

async function contentsOf(folder: string): Promise<string[]> {
  const zips = (await readdir(folder)).filter((name) => name.endsWith('.zip'))
  return (await Promise.all(zips.map((name) => entryNames(join(folder, name))))).map((names) => names.sort().join(' ')).sort()
}

function entryNames(path: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: false }, (error, zip) => {
      if (error !== null || zip === undefined) return reject(error ?? new Error(`${path} cannot be read`))
      const names: string[] = []
      zip.on('entry', ({ fileName }: { fileName: string }) => names.push(fileName))
      zip.once('end', () => resolve(names)).once('error', reject)
    })
  })
}
