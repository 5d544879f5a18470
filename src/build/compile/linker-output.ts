import { readFile, realpath, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { targetName } from '../../go/targets.ts'
import { makeFolders, hashFile, hashIfThere, hashText, writeReplaced, type Content } from '../../host/files.ts'
import type { Lane } from '../../plan/types.ts'
import type { CompilePlan } from './types.ts'

/** Where one lane's linker output lives, apart from the finished exe, so that `go build` finds it up to date. */
export interface LinkerOutput {
  readonly folder: string
  readonly file: string
  readonly lockPath: string
}

export async function linkerOutput(cacheFolder: string, lane: Lane, plan: CompilePlan): Promise<LinkerOutput> {
  const key = hashText(JSON.stringify([await realpath(plan.command.cwd), plan.importPath, lane.app, targetName(lane.target)])).slice(0, 32)
  const folder = join(cacheFolder, 'linker', key)
  return { folder, file: join(folder, plan.outputName), lockPath: `${folder}.lock` }
}

/**
 * Makes sure that what `go build` will find is what the linker wrote: the go command looks at the build ID only, so a
 * damaged file would be taken as up to date. Without our own hash beside it, or with another, it is removed.
 */
export async function prepareOutput(output: LinkerOutput, reuse: boolean): Promise<KnownContent | undefined> {
  await makeFolders(output.folder)
  const stated = await readFile(`${output.file}.sha256`, 'utf8').catch(() => '')
  const found = reuse ? await hashIfThere(output.file) : undefined
  await rm(`${output.file}.sha256`, { force: true })
  if (found !== undefined && stated === formatContent(found)) return { content: found, signature: await signatureOf(output.file) }
  await rm(output.file, { force: true })
  return undefined
}

/** A hash and the state of the file it was taken from. */
export interface KnownContent {
  readonly content: Content
  readonly signature: string
}

/** Hashes what the linker wrote (again only when it was written again) and states it beside the file. */
export async function sealOutput(output: LinkerOutput, known: KnownContent | undefined): Promise<Content> {
  const content = known !== undefined && known.signature === (await signatureOf(output.file)) ? known.content : await hashFile(output.file)
  await writeReplaced(`${output.file}.sha256`, formatContent(content))
  const now = new Date()
  await utimes(output.folder, now, now).catch(() => undefined)
  return content
}

const formatContent = ({ sha256, size }: Content): string => `${sha256} ${size}\n`

async function signatureOf(path: string): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true })
  return [ino, size, mtimeNs, ctimeNs].join(':')
}
