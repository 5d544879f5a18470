import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

/**
 * 8 hex digits over what differs from HEAD: path, kind and content of every changed and untracked file,
 * so that two different dirty trees never share a tag.
 * @param status output of `git status --porcelain=v2 -z`
 */
export async function hashChanges(top: string, status: string): Promise<string> {
  const hash = createHash('sha256')
  for (const path of changedPaths(status).sort()) await addFile(hash, top, path)
  return hash.digest('hex').slice(0, 8)
}

/** Paths of porcelain v2 entries; a renamed file stands with its new and its old name. */
export function changedPaths(status: string): string[] {
  const entries = status.split('\0').filter((entry) => entry !== '')
  const paths: string[] = []
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index]!
    const fieldsBeforePath = { '1': 8, '2': 9, u: 10, '?': 1, '!': 1 }[entry[0]!] ?? 1
    paths.push(entry.split(' ').slice(fieldsBeforePath).join(' '))
    if (entry[0] === '2') paths.push(entries[++index] ?? '')
  }
  return paths
}

async function addFile(hash: Hash, top: string, path: string): Promise<void> {
  const absolute = join(top, path)
  const state = await lstat(absolute).catch(() => undefined)
  hash.update(`${path}\0`)
  if (state === undefined) hash.update('gone\0')
  else if (state.isSymbolicLink()) hash.update(`link\0${await readlink(absolute)}\0`)
  else if (state.isFile()) {
    hash.update(`file\0${state.mode & 0o100 ? 'x' : '-'}\0${state.size}\0`)
    await pipeline(createReadStream(absolute), async (chunks) => {
      for await (const chunk of chunks) hash.update(chunk as Buffer)
    })
  } else hash.update('folder\0')
}
