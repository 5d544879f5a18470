import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { modules, type ModuleName } from '../modules.ts'
import type { Packager } from '../packager.ts'
import { against, mediansOf, race } from '../race.ts'
import type { Row } from '../row.ts'

/** What a developer does all day: main.go differs, everything below it is compiled already. */
export const oneLine = (module: ModuleName): Row => ({
  name: `one-line-${module}`,
  title: `${module}, 3 targets, one line changed in main`,
  rounds: { full: 7, quick: 2 },
  measure: async (setting, rounds) => {
    const { gopack, shellLoop } = await setting.workspace(module)
    const edited = await Promise.all([gopack, shellLoop].map((packager) => editMain(packager, modules[module].main)))
    try {
      const contenders = edited.map(({ packager, edit }) => ({ name: packager.name, before: edit, run: packager.build }))
      const times = await race(contenders, { rounds, progress: setting.progress })
      return { figures: mediansOf(times), verdicts: [against(times, 'gopack', 'shell loop', 0.8)] }
    } finally {
      for (const { restore } of edited) await restore()
    }
  },
})

async function editMain(
  packager: Packager,
  main: string,
): Promise<{ packager: Packager; edit: () => Promise<void>; restore: () => Promise<void> }> {
  const file = join(packager.tree, main, 'main.go')
  const original = await readFile(file, 'utf8')
  let edits = 0
  return {
    packager,
    // A variable: a comment would leave the compiled package the same, and Go would not link again.
    edit: () => writeFile(file, `${original}\nvar gopackBench = "edit ${++edits}"\n`),
    restore: () => writeFile(file, original),
  }
}
