import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { toolVersion } from '../host/tool-version.ts'
import type { ModuleView } from './look.ts'
import { scalar } from './settings.ts'
import { fillTemplate, readTemplate } from './template.ts'

/** .github/workflows/gopack.yml for this module, which need not lie at the top of its repository. */
export function workflowText({ folder, gitTop }: ModuleView): string {
  const below = relative(gitTop ?? folder, folder).replaceAll('\\', '/')
  const inModule = (path: string): string => (below === '' ? path : `${below}/${path}`)
  const sums = ['go.sum', 'go.work.sum', 'go.mod'].find((name) => existsSync(join(folder, name)))
  return fillTemplate(readTemplate('workflows/github.yml'), {
    FOLDER: below === '' ? undefined : JSON.stringify(below),
    GOSUM: sums === undefined ? undefined : scalar(inModule(sums)),
    DIST: inModule('dist'),
    VERSION: toolVersion,
  })
}
