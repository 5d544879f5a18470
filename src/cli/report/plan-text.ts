import type { ChalkInstance } from 'chalk'
import { laneName } from '../../build/lane-name.ts'
import { shownPath } from '../../host/shown-path.ts'
import { commandDocument } from '../../plan/document.ts'
import type { Lane, Plan, StepPlan } from '../../plan/types.ts'

/** `gopack plan` for people. */
export function planText(plan: Plan, colors: ChalkInstance): string {
  const shown = shownPath(plan.out)
  const lines = [
    `${colors.bold(plan.lanes[0]?.version.tag ?? '')}  ${plan.go.version}  time ${plan.timestamp}${plan.commit === null ? '' : `  commit ${plan.commit.slice(0, 12)}${plan.dirty ? ' (changed)' : ''}`}`,
    ...plan.warnings.map(({ message }) => `${colors.yellow('warn')} ${message}`),
    ...hookLines('before', plan),
    ...plan.lanes.flatMap((lane) => ['', colors.bold(laneName(lane)), ...lane.steps.flatMap((step) => stepLines(step, lane, shown))]),
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

function stepLines(step: StepPlan, lane: Lane, out: string): string[] {
  const label = (name: string): string => `  ${name.padEnd(10)}`
  switch (step.step) {
    case 'compile': {
      const { env, file, args } = commandDocument(step.command)
      const set = Object.entries(env).map(([name, value]) => `${name}=${quoted(value)}`)
      return [`${label('compile')}${[...set, file, ...args.map(quoted)].join(' ')}`]
    }
    case 'resources': {
      const { request } = step
      const icon = request.icon === undefined ? "the exe's own icon, if any" : `icon ${shownPath(request.icon.path)}`
      return [
        `${label('resources')}${request.engine}: version ${request.version.file.join('.')} "${request.version.always['FileVersion'] ?? ''}", ${icon}, manifest`,
        `${label('')}→ ${out}/${lane.executable}`,
      ]
    }
    case 'place':
      return [`${label('copy')}→ ${out}/${lane.executable}`]
    case 'archive':
      return [
        `${label('archive')}→ ${out}/${step.path}`,
        ...[step.program, ...step.files.map(({ name }) => name), ...step.folders.map((name) => `${name}/`)].map(
          (name) => `${label('')}  ${name}`,
        ),
      ]
  }
}

/** As a POSIX shell would take it: to be read and copied, never to be run by gopack. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
