import { targetName } from '../go/targets.ts'
import type { Lane } from '../plan/types.ts'

/** `hello windows/amd64` */
export const laneName = (lane: Pick<Lane, 'app' | 'target'>): string => `${lane.app} ${targetName(lane.target)}`
