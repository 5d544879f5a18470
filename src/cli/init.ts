import { basename, relative, resolve } from 'node:path'
import { didYouMean } from '../config/nearest.ts'
import { configError } from '../errors/config.ts'
import { isWritten, writeFiles, type InitFile } from '../init/files.ts'
import { planInit, type InitPlan } from '../init/init.ts'
import { scriptName } from '../init/package-script.ts'
import type { RunCommand } from './command.ts'
import { provisionReporter } from './report/provision.ts'
import { importDocument, importLines, refuseDifferences } from './import-report.ts'

/** `gopack init` */
export const runInit: RunCommand = async ({ values, output }) => {
  if (output.options.config !== undefined)
    throw configError('USAGE', { message: 'init writes gopack.yaml beside go.mod; --config has no meaning for it.' })
  const cwd = resolve(output.options.cwd)
  const dryRun = values['dryRun'] === true
  const from = (values['from'] as string[] | undefined) ?? []
  const importing = values['import'] !== false
  if (!importing && from.length > 0) throw configError('USAGE', { message: '--from and --no-import say the opposite of each other.' })
  const provision = provisionReporter(output)
  const plan = await planInit({
    cwd,
    ci: readCi(values['ci']),
    force: values['force'] === true,
    from,
    importing,
    listener: provision.tell,
  }).finally(provision.close)
  if (values['strict'] === true) refuseDifferences(plan.imported)
  const { folder } = plan.view
  if (!dryRun) await writeFiles(plan.files, folder)
  const shown = ({ path }: InitFile, from: string): string => relative(from, path).replaceAll('\\', '/')
  if (output.options.json) {
    output.json({
      folder,
      dryRun,
      imported: importDocument(plan.imported),
      files: plan.files.map((file) => ({ path: shown(file, folder), action: file.action, content: file.content })),
    })
  } else {
    for (const file of plan.files.filter(isWritten)) {
      if (dryRun) output.result(`${output.resultColors.bold(`==> ${shown(file, cwd)} (${file.action})`)}\n${file.content}`)
      else output.result(`${done[file.action]} ${shown(file, cwd)}`)
    }
  }
  for (const line of [...importLines(plan.imported), ...remarks(plan), ...(dryRun ? [] : nextSteps(plan))]) output.note(line)
  return 0
}

const done: Readonly<Record<InitFile['action'], string>> = {
  create: 'created',
  overwrite: 'replaced',
  update: 'updated',
  unchanged: 'unchanged',
  kept: 'kept',
}

/** @throws USAGE */
function readCi(value: unknown): 'github' | undefined {
  if (value === undefined || value === 'github') return value
  throw configError('USAGE', { message: `--ci is "${String(value)}"; there is github.${didYouMean(String(value), ['github'])}` })
}

function remarks({ view, files }: InitPlan): string[] {
  const kept = files.filter(({ action }) => action === 'kept')
  return [
    ...kept.map(({ path }) => `${basename(path)} has another script "${scriptName}", which was left alone; --force replaces it.`),
    ...(view.configAbove === undefined ? [] : [`${view.configAbove} no longer holds for this module: the nearest gopack.yaml does.`]),
    ...(view.goreleaserAbove === undefined
      ? []
      : [
          `${basename(view.goreleaserAbove)} is not read by gopack, as it lies above the module; import it with --from ${relative(process.cwd(), view.goreleaserAbove)}.`,
        ]),
  ]
}

function nextSteps({ view, files }: InitPlan): string[] {
  const written = files.filter(isWritten).map(({ path }) => relative(view.folder, path).replaceAll('\\', '/'))
  const commit =
    view.gitTop === undefined
      ? []
      : [`Commit ${written.join(' ')}: a file that is not committed makes the tree dirty, and the version a snapshot.`]
  return [...commit, 'Next: `gopack plan` shows what would be built, `gopack build` builds it.']
}
