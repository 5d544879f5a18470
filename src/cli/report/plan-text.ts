import type { ChalkInstance } from 'chalk'
import { laneName } from '../../build/lane-name.ts'
import { shownPath } from '../../host/shown-path.ts'
import { commandDocument } from '../../plan/document.ts'
import type { Plan, StepPlan } from '../../plan/types.ts'

/** `gopack plan` for people. */
export function planText(plan: Plan, colors: ChalkInstance): string {
  const shown = shownPath(plan.out)
  const lines = [
    `${colors.bold(plan.lanes[0]?.version.tag ?? '')}  ${plan.go.version}  time ${plan.timestamp}${plan.commit === null ? '' : `  commit ${plan.commit.slice(0, 12)}${plan.dirty ? ' (changed)' : ''}`}`,
    ...plan.warnings.map(({ message }) => `${colors.yellow('warn')} ${message}`),
    ...(plan.unchanged ?? []).map(({ app, since }) => `${app} is unchanged since ${since}`),
    ...hookLines('before', plan),
    ...[...plan.lanes, ...plan.bundles].flatMap((lane) => [
      '',
      `${colors.bold(laneName(lane))}${lane.lowestWindows === undefined ? '' : `  for ${lane.lowestWindows} or newer`}`,
      ...lane.steps.flatMap((step) => stepLines(step, shown)),
    ]),
    ...hookLines('after', plan),
    '',
    colors.bold(`${shown}/`),
    ...plan.outputs.map((path) => `  ${path}`),
  ]
  return lines.join('\n')
}

function hookLines(when: 'before' | 'after', plan: Plan): string[] {
  return plan.hooks[when].map(
    ({ command, target }) =>
      `${when} ${target === undefined ? '' : `(${target}) `}${[command.file, ...command.args].map(quoted).join(' ')}`,
  )
}

function stepLines(step: StepPlan, out: string): string[] {
  const label = (name: string): string => `  ${name.padEnd(10)}`
  switch (step.step) {
    case 'compile': {
      const { env, file, args } = commandDocument(step.command)
      const set = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)}`)
      const cgo =
        step.cgo && step.cgoPackages?.[0] !== undefined
          ? [`${label('')}cgo is on: ${step.cgoPackages.join(', ')} ${step.cgoPackages.length === 1 ? 'holds' : 'hold'} C code`]
          : []
      return [`${label('compile')}${[...set, file, ...args.map(quoted)].join(' ')}`, ...cgo]
    }
    case 'resources': {
      const { request } = step
      const icon = request.icon === undefined ? "the exe's own icon, if any" : `icon ${shownPath(request.icon.path)}`
      return [
        `${label('resources')}${request.engine}: version ${request.version.file.join('.')} "${request.version.always['FileVersion'] ?? ''}", ${icon}, manifest`,
        `${label('')}→ ${out}/${step.path}`,
      ]
    }
    case 'place':
      return [`${label('copy')}→ ${out}/${step.path}`]
    case 'audit':
      return [`${label('audit')}every imported DLL is part of Windows${step.files.length === 0 ? '' : ' or beside the program'}`]
    case 'archive':
      return [
        `${label('archive')}→ ${out}/${step.path}`,
        ...[...step.programs.map(({ name }) => name), ...step.files.map(({ name }) => name), ...step.folders.map((name) => `${name}/`)].map(
          (name) => `${label('')}  ${name}`,
        ),
      ]
  }
}

/** As a POSIX shell would take it: to be read and copied, never to be run by gopack. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
