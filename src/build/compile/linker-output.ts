import { open, readFile, realpath, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { markCache } from '../../cache/mark.ts'
import { targetName } from '../../go/targets.ts'
import { hashFile, hashIfThere, hashText, makeFolders, writeReplaced, type Content } from '../../host/files.ts'
import type { Lane } from '../../plan/types.ts'
import type { CompilePlan } from './types.ts'

/** Where one lane's linker output lives, apart from the finished exe, so that `go build` finds it up to date. */
export interface LinkerOutput {
  readonly folder: string
  readonly file: string
  readonly lockPath: string
}

export async function linkerOutput(cacheFolder: string, lane: Lane, plan: CompilePlan): Promise<LinkerOutput> {
  await markCache(cacheFolder)
  const identity = [await realpath(plan.command.cwd), plan.importPath, lane.app, targetName(lane.target)]
  const folder = join(cacheFolder, 'linker', hashText(JSON.stringify(identity)).slice(0, 32))
  return { folder, file: join(folder, plan.outputName), lockPath: `${folder}.lock` }
}

/** The output of an earlier run, as it stands when `go build` starts. */
export interface EarlierOutput {
  /** What our own hash beside the file says. */
  readonly stated: string
  readonly buildId: string
  /** Taken while `go build` runs. */
  readonly hashing: Promise<Content | undefined>
}

/**
 * Takes our own hash away from beside the file: it comes back when the file is known to be right again.
 * A file without one, or one that is not to be used again, is removed.
 */
export async function prepareOutput(output: LinkerOutput, reuse: boolean): Promise<EarlierOutput | undefined> {
  await makeFolders(output.folder)
  const stated = await readFile(sealPath(output), 'utf8').catch(() => '')
  await rm(sealPath(output), { force: true })
  const buildId = reuse && stated !== '' ? await readBuildId(output.file) : undefined
  if (buildId === undefined) {
    await rm(output.file, { force: true })
    return undefined
  }
  return { stated, buildId, hashing: hashIfThere(output.file).catch(() => undefined) }
}

/**
 * Tells what `go build` left: the earlier output, if the linker did not run and our hash still holds; `damaged`, if the linker
 * did not run and it does not hold (the go command looks at the build ID only, not at the rest of the file); else undefined.
 */
export async function checkEarlier(output: LinkerOutput, earlier: EarlierOutput): Promise<Content | 'damaged' | undefined> {
  const found = await earlier.hashing
  if ((await readBuildId(output.file)) !== earlier.buildId) return undefined
  return found !== undefined && earlier.stated === formatContent(found) ? found : 'damaged'
}

/** States the hash of the file beside it. */
export async function sealOutput(output: LinkerOutput, known?: Content): Promise<Content> {
  const content = known ?? (await hashFile(output.file))
  await writeReplaced(sealPath(output), formatContent(content))
  const now = new Date()
  await utimes(output.folder, now, now).catch(() => undefined)
  return content
}

const sealPath = (output: LinkerOutput): string => `${output.file}.sha256`
const formatContent = ({ sha256, size }: Content): string => `${sha256} ${size}\n`

/** Go's build ID (cmd/internal/buildid): near the start of the code; it names inputs and content, so a new link has another one. */
async function readBuildId(path: string): Promise<string | undefined> {
  const file = await open(path).catch(() => undefined)
  if (file === undefined) return undefined
  try {
    const start = Buffer.alloc(64 * 1024)
    const { bytesRead } = await file.read(start, 0, start.length, 0)
    const match = /\xff Go build ID: "([^"\n]+)"\n \xff/.exec(start.toString('latin1', 0, bytesRead))
    return match?.[1]
  } finally {
    await file.close()
  }
}
