import type { ProvisionEvent } from '../go/provision/types.ts'

/** What a build tells while it runs. Times in milliseconds. */
export type BuildEvent =
  | ProvisionEvent
  | { readonly type: 'plan'; readonly lanes: readonly string[]; readonly warnings: readonly { code: string; message: string }[] }
  | { readonly type: 'unchanged'; readonly app: string; readonly since: string }
  | { readonly type: 'warning'; readonly code: string; readonly message: string }
  | { readonly type: 'waiting'; readonly holder: number; readonly what: string }
  | { readonly type: 'recovered'; readonly how: 'finished' | 'undone' | 'cleaned' }
  | { readonly type: 'hook-start'; readonly command: string }
  | { readonly type: 'hook-end'; readonly command: string; readonly milliseconds: number; readonly output: readonly string[] }
  | { readonly type: 'lane-start'; readonly lane: string }
  | { readonly type: 'step-start'; readonly lane: string; readonly step: string }
  | { readonly type: 'step-end'; readonly lane: string; readonly step: string; readonly milliseconds: number; readonly result: StepResult }
  | { readonly type: 'lane-end'; readonly lane: string; readonly milliseconds: number; readonly ok: boolean }

/** `fresh`: done now; `cached`: its inputs were the same. */
export type StepResult = 'fresh' | 'cached'

export type Listener = (event: BuildEvent) => void
