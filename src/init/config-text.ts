import type { ModuleView } from './look.ts'
import { betterName, settingsOf } from './settings.ts'
import { fillTemplate, readTemplate } from './template.ts'

/** gopack.yaml for this module. @param year for the copyright somebody may fill in */
export function configText(view: ModuleView, year: number): string {
  const settings = settingsOf(view)
  const [first, ...others] = view.mains
  return fillTemplate(readTemplate('config/gopack.yaml'), {
    SETTINGS: settings.length === 0 ? undefined : `${settings.join('\n')}\n`,
    // One target would say no more than the default does.
    TARGETS: view.windowsTargets.length < 2 ? undefined : view.windowsTargets.join(', '),
    YEAR: String(year),
    ICON: view.icon,
    NAME: view.icon === undefined && others.length === 0 ? (betterName(view) ?? first!.name) : undefined,
  })
}
