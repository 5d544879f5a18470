import type { ResourceRequest } from './types.ts'

/** What the resources step of one lane will do; Windows targets only. */
export interface ResourcesPlan {
  readonly step: 'resources'
  /** Path of the finished executable in the output folder. */
  readonly path: string
  readonly request: ResourceRequest
}
