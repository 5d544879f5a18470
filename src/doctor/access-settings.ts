import { readGoSetting } from '../go/provision/access.ts'
import type { DoctorContext } from './types.ts'

/** A Go setting as `go env` gives it, else, without a Go, as the environment and `go env -w` have it. */
export const accessSetting = ({ goSettings, environment }: DoctorContext, name: string): string =>
  goSettings[name] ?? readGoSetting(environment, name) ?? ''
