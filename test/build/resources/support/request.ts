import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ResourcesConfig } from '../../../../src/config/schema/resources.ts'
import { resolveResources } from '../../../../src/build/resources/resolve.ts'
import type { FileVersion, ResourceRequest } from '../../../../src/build/resources/types.ts'

export interface RequestInput {
  readonly config?: ResourcesConfig
  readonly icon?: string
  readonly iconLayer?: 'configured' | 'fallback'
  readonly text?: string
  readonly file?: FileVersion
  readonly prerelease?: boolean
}

/** A request as the plan makes it, for version 1.2.3. */
export function request({
  config = {},
  icon,
  iconLayer = 'configured',
  text = '1.2.3',
  file = [1, 2, 3, 0],
  prerelease = false,
}: RequestInput = {}): ResourceRequest {
  const planned =
    icon === undefined ? undefined : { layer: iconLayer, path: icon, sha256: createHash('sha256').update(readFileSync(icon)).digest('hex') }
  return resolveResources({
    config,
    found: { strings: {} },
    files: planned === undefined ? {} : { icon: planned },
    appName: 'hello',
    version: { text, file, prerelease },
  })
}
