import { toolVersion } from '../../host/tool-version.ts'
import { fail, ok } from '../results.ts'
import type { Check } from '../types.ts'

const oldest = [20, 19]

export const nodeCheck: Check = {
  id: 'node',
  title: 'Node',
  run() {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
    const fine = major > oldest[0]! || (major === oldest[0]! && minor >= oldest[1]!)
    const detail = `${process.version} on ${process.platform}/${process.arch}, gopack ${toolVersion}`
    return fine ? ok(detail) : fail(detail, `Install Node ${oldest.join('.')} or newer.`)
  },
}
