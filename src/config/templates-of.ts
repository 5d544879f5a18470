import { partsOf } from './parts.ts'
import type { Config } from './schema/index.ts'

/** Every value of the configuration that is a template, with its path. Nothing else is. */
export function templatesOf(config: Config): [readonly PropertyKey[], string][] {
  const found: [readonly PropertyKey[], string][] = []
  for (const { path, settings } of partsOf(config)) {
    const { archive, go } = settings
    if (archive?.name !== undefined) found.push([[...path, 'archive', 'name'], archive.name])
    for (const [index, flag] of (go?.ldflags ?? []).entries()) found.push([[...path, 'go', 'ldflags', index], flag])
    for (const [key, value] of Object.entries(go?.env ?? {})) found.push([[...path, 'go', 'env', key], value])
  }
  for (const when of ['before', 'after'] as const) {
    for (const [index, hook] of (config.hooks?.[when] ?? []).entries()) {
      const [path, words] = Array.isArray(hook) ? [[], hook] : [['run'], hook.run]
      for (const [word, text] of words.entries()) found.push([['hooks', when, index, ...path, word], text])
    }
  }
  return found
}
