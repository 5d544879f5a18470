import { command } from '../command.ts'
import { contenderEnvironment } from '../environment.ts'
import { forgetter } from '../forget.ts'
import { architectures } from '../modules.ts'
import type { Packager, PackagerRequest } from '../packager.ts'

/** gopack as users run it, without any configuration. */
export function gopack({ folder, setting }: PackagerRequest): Packager {
  const tree = `${folder}/tree`
  const output = `${tree}/dist`
  const options = { cwd: tree, env: contenderEnvironment(folder, setting.moduleCache) }
  return {
    name: 'gopack',
    tree,
    output,
    build: async () => void (await command(process.execPath, [setting.gopack, 'build', ...targetArguments], options)),
    forget: forgetter(folder, output),
  }
}

export const targetArguments = architectures.flatMap((architecture) => ['--target', `windows/${architecture}`])
