import { didYouMean } from '../config/nearest.ts'
import { configError } from '../errors/config.ts'
import { jsonSchemas } from '../schemas/json-schemas.ts'
import type { RunCommand } from './command.ts'

/** `gopack schema [config|plan|artifacts]` */
export const runSchema: RunCommand = async ({ args, output }) => {
  const [name = 'config'] = args
  const make = Object.hasOwn(jsonSchemas, name) ? jsonSchemas[name] : undefined
  if (make === undefined)
    throw configError('USAGE', {
      message: `There is no schema "${name}"; there are ${Object.keys(jsonSchemas).join(', ')}.${didYouMean(name, Object.keys(jsonSchemas))}`,
    })
  output.json(make())
  return 0
}
