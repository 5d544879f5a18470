import { statSync } from 'node:fs'
import { join } from 'node:path'
import { fail, ok, warn } from '../results.ts'
import type { Check, DoctorContext } from '../types.ts'

const day = 86_400_000
const earliest = Date.UTC(2020, 0, 1)
const latest = Date.UTC(2100, 0, 1)

/** gopack takes no time from the clock unless told, but TLS, signatures and Go's caches do. */
export const clockCheck: Check = {
  id: 'clock',
  title: 'Clock',
  run(context) {
    const { now, git } = context
    const fix = 'Set the clock; virtual machines lose it after sleep.'
    const shown = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z')
    if (now < earliest || now > latest) return fail(`it is ${shown} here, which cannot be right`, fix)
    const committed = git.value?.present === true ? git.value.committed * 1000 : 0
    if (committed > now + day)
      return warn(
        `it is ${shown} here, but the last commit is of ${new Date(committed).toISOString().slice(0, 10)}`,
        `${fix} If the clock is right, the commit's date is wrong.`,
      )
    const future = newestFile(context)
    if (future > now + day)
      return warn(
        `it is ${shown} here, but go.mod was changed on ${new Date(future).toISOString().slice(0, 10)}`,
        `${fix} If the clock is right, touch the file.`,
      )
    return ok(shown)
  },
}

function newestFile({ moduleFolder }: DoctorContext): number {
  if (moduleFolder.value === undefined) return 0
  return statSync(join(moduleFolder.value, 'go.mod'), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
