import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { toolchainError } from '../../errors/toolchain.ts'
import { run, type RunResult } from '../../host/exec.ts'
import { makeFolders, removeTree, uniqueId } from '../../host/files.ts'
import { lines } from '../../host/lines.ts'
import { sizeOf } from '../../cache/prune.ts'
import { ArchiveDamage } from './archive/damage.ts'
import { progressTeller } from './progress.ts'
import { moduleVersion, toolchainModule } from './sources.ts'
import { goFolder, goName } from './store.ts'
import { hashTree } from './tree-hash.ts'
import type { GoHost, ProvisionContext } from './types.ts'
import { compare, settle, type Making } from './unpacked.ts'

export interface ByGoRequest extends ProvisionContext {
  readonly version: string
  readonly host: GoHost
  readonly cache: string
  /** A go command, 1.21 or newer: from there on it checks every toolchain against the checksum database. */
  readonly bootstrap: string
  readonly onSpawn?: (pid: number) => void
}

/** What `go mod download -json` prints. */
interface ModuleAnswer {
  readonly Dir?: string
  readonly Sum?: string
  readonly Error?: string
}

/**
 * Lets a go command fetch another version, which it checks against the checksum database, and takes that over.
 * False where there is no such version.
 * @throws GO_REFUSED, GO_UNREACHABLE, GO_DOES_NOT_START
 */
export async function fetchByGo(request: ByGoRequest): Promise<boolean> {
  const { version, host, cache, listener, signal } = request
  const final = join(goFolder(cache), goName(version, host))
  const work = `${final}.${uniqueId()}.tmp`
  const module = moduleVersion(version, host)
  listener({ type: 'go-fetch', version, from: 'the module proxy, by the go command' })
  const stopWatching = watchDownload(join(work, 'cache', 'download', 'golang.org', 'toolchain'), request)
  try {
    await makeFolders(work)
    const args = ['mod', 'download', '-json', `${toolchainModule}@${module}`]
    const env = downloadEnvironment(request.environment, work)
    const result = await run({ file: request.bootstrap, args, env, cwd: work }, { signal, onSpawn: request.onSpawn })
    stopWatching()
    const answer = readAnswer(result)
    if (answer.Dir === undefined || answer.Sum === undefined) return refused(answer.Error ?? '', result, request)
    listener({ type: 'go-unpack', version })
    await likeOurs(answer.Dir)
    const making: Making = { version, host, hash: answer.Sum, from: 'the module proxy', folder: answer.Dir, signal }
    compare((await hashTree(answer.Dir, module)) ?? 'not to be read', answer.Sum)
    await settle(making, answer.Sum, final)
    return true
  } catch (error) {
    if (!(error instanceof ArchiveDamage)) throw error
    throw toolchainError('GO_REFUSED', { message: `Go ${version} was thrown away: ${error.message}.`, cause: error })
  } finally {
    stopWatching()
    await removeTree(work)
  }
}

function downloadEnvironment(environment: NodeJS.ProcessEnv, work: string): Record<string, string | undefined> {
  const proxy = environment['GOPROXY']
  // A single file:// proxy is the one case in which the go command does not ask the checksum database; a list is not that case.
  const single = proxy !== undefined && /^file:\/\/[^,|]*$/.test(proxy)
  return {
    GOROOT: undefined,
    GOTOOLCHAIN: 'local',
    GOFLAGS: '-modcacherw',
    GOMODCACHE: work,
    GOWORK: 'off',
    GO111MODULE: undefined,
    // With a certain word in it the go command does not ask the checksum database.
    GIT_HTTP_USER_AGENT: undefined,
    LC_ALL: 'C.UTF-8',
    ...(single ? { GOPROXY: `${proxy},off` } : {}),
  }
}

function readAnswer({ stdout }: RunResult): ModuleAnswer {
  try {
    return JSON.parse(stdout) as ModuleAnswer
  } catch {
    return {}
  }
}

function refused(message: string, { stderr }: RunResult, { version }: ByGoRequest): false {
  const output = lines(message === '' ? stderr : message)
  const text = output.join('\n')
  if (/SECURITY ERROR|checksum mismatch|verifying/i.test(text) && !/not found|404|410/i.test(text))
    throw toolchainError('GO_REFUSED', { message: `Go ${version} could not be verified against the checksum database.`, output })
  if (/not found|unknown revision|invalid version|404|410/i.test(text)) return false
  throw toolchainError('GO_UNREACHABLE', { message: `Go ${version} could not be fetched.`, output })
}

/** Gives files the names they have in an installed Go. */
async function likeOurs(root: string): Promise<void> {
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && entry.name === '_go.mod') await rename(path, join(entry.parentPath, 'go.mod'))
  }
}

/** Tells how much there is of the go command's download: it does not tell itself. */
function watchDownload(folder: string, request: ByGoRequest): () => void {
  const teller = progressTeller(request)
  const timer = setInterval(() => void sizeOf(folder).then((size) => (size > 0 ? teller(size, undefined) : undefined)), 500)
  return () => clearInterval(timer)
}
