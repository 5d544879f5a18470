import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compileError } from '../../errors/compile.ts'
import { distError } from '../../errors/dist.ts'
import { projectError } from '../../errors/project.ts'
import type { GopackError } from '../../errors/gopack-error.ts'
import { cgoUse } from '../../go/cgo-use.ts'
import { compilerCandidates } from '../../go/c-compilers.ts'
import { lines } from '../../host/lines.ts'
import { targetName } from '../../go/targets.ts'
import { run, type RunResult } from '../../host/exec.ts'
import { hashText, makeFolders } from '../../host/files.ts'
import { acquireLock } from '../../host/lock.ts'
import type { LinkedArtifact } from '../artifacts.ts'
import type { StepContext, StepRunner } from '../step.ts'
import { checkCompiler } from './check-compiler.ts'
import { checkLinkNames } from './check-names.ts'
import { checkEarlier, linkerOutput, prepareOutput, sealOutput, type LinkerOutput } from './linker-output.ts'
import type { CompilePlan } from './types.ts'

/**
 * Runs `go build` into the lane's own linker output.
 * @throws COMPILE_FAILED with the compiler's lines, X_FLAG_DEAD, C_COMPILER_MISSING, GO_SUM_MISSING, DISK_FULL
 */
export const runCompile: StepRunner<CompilePlan> = async (plan, _artifacts, context) => {
  const { lane, signal } = context
  const output = await linkerOutput(context.cache.folder, lane, plan)
  const lock = await acquireLock(output.lockPath, { signal, onWait: (holder) => context.onWait(holder, 'the same program') })
  context.onLaneEnd(lock.release)
  const onSpawn = (pid: number): void => (lock.recordChild(pid), context.onSpawn(pid))
  const earlier = await prepareOutput(output, context.reuse)
  await checkCompiler(plan, { ...context, onSpawn })
  await goBuild(plan, output, context, onSpawn)
  const kept = earlier === undefined ? undefined : await checkEarlier(output, earlier)
  if (kept === 'damaged') {
    await rm(output.file, { force: true })
    await goBuild(plan, output, context, onSpawn)
  }
  const known = kept === 'damaged' ? undefined : kept
  const content = await sealOutput(output, known)
  if (known === undefined) {
    await checkLinkNames(plan, lane, { signal, onSpawn })
    if (plan.cgoPackages === undefined) await warnAboutCgo(plan, context)
  }
  const linked: LinkedArtifact = {
    type: 'linked',
    app: lane.app,
    version: lane.version.version,
    tag: lane.version.tag,
    target: lane.target,
    at: output.file,
    ...content,
  }
  return { artifacts: [linked], result: known === undefined ? 'fresh' : 'cached' }
}

async function goBuild(plan: CompilePlan, output: LinkerOutput, context: StepContext, onSpawn: (pid: number) => void): Promise<void> {
  const [build = 'build', ...args] = plan.command.args
  // The go command leaves its temporary folder behind when it is killed: it gets one that goes with the run.
  const temporary = join(context.staging.folder, 'tmp')
  await makeFolders(temporary)
  const command = { ...plan.command, args: [build, '-o', output.file, ...args], env: { ...plan.command.env, GOTMPDIR: temporary } }
  const result = await run(command, { signal: context.signal, onSpawn })
  if (result.exitCode !== 0) throw await explain(result, plan, context)
}

/** Says once for each state of go.mod and go.sum what is left out: asking the go command takes as long as linking a small program. */
async function warnAboutCgo(plan: CompilePlan, { lane, signal, warn, cache, reuse }: StepContext): Promise<void> {
  const requirements = await Promise.all(['go.mod', 'go.sum'].map((name) => readFile(join(plan.command.cwd, name), 'utf8').catch(() => '')))
  const tags = plan.command.args.filter((argument) => argument.startsWith('-tags='))
  const key = hashText(JSON.stringify(['cgo', plan.command.cwd, plan.importPath, targetName(lane.target), tags, requirements]))
  if (reuse && (await cache.recall(key))?.size === 0) return
  const packages = await packagesWithC(plan, signal)
  await cache.remember(key, { sha256: hashText(packages.join()), size: packages.length })
  if (packages.length > 0)
    warn(
      'CGO_OFF',
      `${packages.join(', ')} holds C code that is left out because cgo is off; the program may not work. Set go.cgo to on to compile it.`,
    )
}

/** What a build without cgo leaves out. */
async function packagesWithC({ command, importPath }: CompilePlan, signal: AbortSignal): Promise<readonly string[]> {
  const tags = command.args.flatMap((argument) => (argument.startsWith('-tags=') ? argument.slice('-tags='.length).split(',') : []))
  const { byMain } = await cgoUse({ packages: [importPath], cwd: command.cwd, environment: command.env ?? {}, tags }, signal)
  return byMain[importPath] ?? []
}

async function explain(result: RunResult, plan: CompilePlan, { lane, signal }: StepContext): Promise<GopackError> {
  const target = targetName(lane.target)
  const output = lines(result.stderr + result.stdout)
  const has = (pattern: RegExp): boolean => output.some((line) => pattern.test(line))
  if (has(/no space left on device|There is not enough space on the disk/))
    return distError('DISK_FULL', { message: `The disk was full while ${lane.app} was compiled for ${target}.`, output })
  if (has(/missing go\.sum entry|updates to go\.(mod|sum) needed|inconsistent vendoring/))
    return projectError('GO_SUM_MISSING', { message: `go.mod and go.sum do not hold everything ${lane.app} needs for ${target}.`, output })
  if (plan.cgo && has(/C compiler .* not found|exec: .*executable file not found/)) {
    const candidates = compilerCandidates(lane.target, '', '').map(({ shown }) => shown)
    return compileError('C_COMPILER_MISSING', {
      message: `The C compiler for ${target} was not found.`,
      hint: `Install one of ${candidates.join(', ')}, set CC, or set go.cgo to off.`,
      output,
    })
  }
  if (output.length === 0)
    return compileError('COMPILE_LIMIT', {
      message: `\`go build\` for ${target} ended without a message (exit code ${result.exitCode ?? 'none, it was killed'}).`,
    })
  const packages = plan.cgo ? [] : await packagesWithC(plan, signal)
  const hint =
    packages.length > 0
      ? `${packages.join(', ')} needs cgo: set go.cgo to on and install one of ${compilerCandidates(lane.target, '', '')
          .map(({ shown }) => shown)
          .join(', ')}.`
      : plan.cgo && has(/cannot find -l|unable to find .*library|library not found/)
        ? 'C libraries are linked into the program (-static). For a DLL with an import library, add "-extldflags=-Wl,-Bdynamic" to go.ldflags and the DLL to archive.files.'
        : undefined
  return compileError('COMPILE_FAILED', {
    message: `${lane.app} does not compile for ${target}.`,
    output,
    ...(hint === undefined ? {} : { hint }),
  })
}
