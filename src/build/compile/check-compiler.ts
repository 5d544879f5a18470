import { open, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openNotes } from '../../cache/notes.ts'
import { compileError } from '../../errors/compile.ts'
import { targetName, type Target } from '../../go/targets.ts'
import { run } from '../../host/exec.ts'
import { makeFolders, uniqueId } from '../../host/files.ts'
import { findProgram } from '../../host/find-program.ts'
import { lines } from '../../host/lines.ts'
import type { StepContext } from '../step.ts'
import { objectMachine } from './object-machine.ts'
import type { CompilePlan } from './types.ts'

/**
 * Has the C compiler make an object of one function, and reads for which machine it is: a compiler for another system would be
 * noticed by the linker only, in words nobody understands. Asked once for each compiler and target.
 * @throws C_COMPILER_MISSING, C_COMPILER_WRONG
 */
export async function checkCompiler(plan: CompilePlan, context: StepContext): Promise<void> {
  const cc = plan.command.env?.['CC']
  if (!plan.cgo || cc === undefined || plan.cgoPackages?.length === 0) return
  const { lane, cache, signal, onSpawn } = context
  const [file = '', ...args] = words(cc)
  const path = findProgram(file) ?? file
  const state = await stat(path).catch(() => undefined)
  if (state === undefined)
    throw compileError('C_COMPILER_MISSING', {
      message: `CC is ${JSON.stringify(cc)}, and ${file} was not found.`,
      hint: 'Install it, or correct CC.',
    })
  const notes = openNotes(cache.folder, true)
  const key = ['c-compiler', cc, path, state.size, state.mtimeMs, targetName(lane.target)]
  if ((await notes.recall(key)) === true) return
  const folder = join(context.staging.folder, 'tmp', `cc-${uniqueId()}`)
  await makeFolders(folder)
  await writeFile(join(folder, 'probe.c'), 'int gopack_probe(void) { return 0; }\n')
  const command = { file, args: [...args, '-c', '-o', 'probe.o', 'probe.c'], env: plan.command.env ?? {}, cwd: folder }
  const result = await run(command, { signal, onSpawn })
  if (result.exitCode !== 0)
    throw compileError('C_COMPILER_WRONG', {
      message: `The C compiler ${JSON.stringify(cc)} cannot compile one empty function.`,
      output: lines(result.stderr),
    })
  const object = join(folder, 'probe.o')
  if ((await stat(object).catch(() => undefined))?.isFile() !== true)
    throw compileError('C_COMPILER_WRONG', {
      message: `The C compiler ${JSON.stringify(cc)} made no object of one empty function, though it ended well.`,
      output: lines(result.stdout + result.stderr).slice(0, 5),
    })
  const made = await readMachine(object)
  if (made !== machineOf(lane.target))
    throw compileError('C_COMPILER_WRONG', {
      message: `The C compiler ${JSON.stringify(cc)} makes code for ${made ?? 'an unknown system'}, not for ${targetName(lane.target)}.`,
    })
  await notes.note(key, true)
}

const machineOf = ({ os, arch }: Target): string => `${os === 'windows' || os === 'darwin' ? os : 'linux'}/${arch}`

async function readMachine(path: string): Promise<string | undefined> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(32), 0, 32, 0)
    return objectMachine(buffer.subarray(0, bytesRead))
  } finally {
    await file.close()
  }
}

/** CC as the go command splits it (cmd/internal/quoted): at spaces, quotes hold words together. */
function words(cc: string): string[] {
  return [...cc.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, plain]) => single ?? double ?? plain ?? '')
}
