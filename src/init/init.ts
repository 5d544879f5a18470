import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { findConfigFile } from '../config/find.ts'
import type { ProvisionListener } from '../go/provision/types.ts'
import { initError } from '../errors/init.ts'
import { configText } from './config-text.ts'
import { importText } from './import-text.ts'
import { importSources, type ImportResult } from './import.ts'
import { wholeFile, type InitFile } from './files.ts'
import { lookAtModule, type ModuleView } from './look.ts'
import { addScript } from './package-script.ts'
import { workflowText } from './workflow-text.ts'

export interface InitRequest {
  readonly cwd: string
  readonly ci?: 'github' | undefined
  /** Write over what is there. */
  readonly force: boolean
  /** Files to import; none: they are looked for. */
  readonly from?: readonly string[]
  /** False: no configuration of another tool is looked for. */
  readonly importing?: boolean
  /** Told while Go itself is fetched. */
  readonly listener?: ProvisionListener
}

export interface InitPlan {
  readonly view: ModuleView
  readonly files: readonly InitFile[]
  readonly imported: ImportResult
}

/**
 * Looks at the module and says what would be written; nothing is.
 * @throws INIT_FILE_EXISTS, INIT_OTHER_CONFIG, INIT_PACKAGE_JSON, IMPORT_…, and what reading the module throws
 */
export async function planInit(
  { cwd, ci, force, from = [], importing = true, listener }: InitRequest,
  signal?: AbortSignal,
): Promise<InitPlan> {
  const view = await lookAtModule(resolve(cwd), signal, listener)
  refuseOtherConfig(view.folder)
  const imported = importing ? await importSources(view, { cwd: resolve(cwd), from, signal }) : nothing
  const text =
    imported.config === undefined ? configText(view, new Date().getUTCFullYear()) : importText(imported.config, imported.imports, view)
  const config = wholeFile(join(view.folder, 'gopack.yaml'), text, force)
  const workflow =
    ci === undefined ? [] : [wholeFile(join(view.gitTop ?? view.folder, '.github', 'workflows', 'gopack.yml'), workflowText(view), force)]
  return { view, files: [config, ...packageFile(view.folder, force), ...workflow], imported }
}

const nothing: ImportResult = { imports: [], config: undefined, unread: [] }

/** Two configurations in one folder are refused by every command: not even --force may make them. */
function refuseOtherConfig(folder: string): void {
  const other = findConfigFile(folder)
  if (other === undefined || basename(other) === 'gopack.yaml' || resolve(other, '..') !== folder) return
  throw initError('INIT_OTHER_CONFIG', { message: `${other} configures gopack already.` })
}

function packageFile(folder: string, force: boolean): InitFile[] {
  const path = join(folder, 'package.json')
  if (!existsSync(path)) return []
  const { text, action } = addScript(readText(path), force)
  return [{ path, action, content: text }]
}

/** Byte for byte what is there: a mark at the beginning is kept, bytes that are not UTF-8 are not replaced. */
function readText(path: string): string {
  try {
    // A pipe or a device has no end.
    if (!statSync(path).isFile()) throw new Error('it is not a regular file')
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
  } catch (cause) {
    throw initError('INIT_PACKAGE_JSON', { message: `${path} cannot be read as text: ${(cause as Error).message}.`, cause })
  }
}
