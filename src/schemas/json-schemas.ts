import { z } from 'zod'
import { configSchema } from '../config/schema/index.ts'
import { artifactsSchema } from './artifacts.ts'
import { planSchema } from './plan.ts'

/** The JSON schemas gopack publishes, made from the definitions the code itself uses. */
export const jsonSchemas: Readonly<Record<string, () => object>> = {
  config: () => ({ title: 'gopack.yaml', ...z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' }) }),
  plan: () => ({ title: 'gopack plan --json', ...z.toJSONSchema(planSchema) }),
  artifacts: () => ({ title: 'artifacts.json', ...z.toJSONSchema(artifactsSchema) }),
}
